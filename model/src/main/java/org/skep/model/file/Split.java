package org.skep.model.file;

import java.io.Serializable;

/**
 * A stretch of a file that one task reads: the records (or row groups, by their middle) that begin
 * within it.
 *
 * @param start in bytes of the file as it is stored
 * @param length in bytes
 * @param rows how many rows it holds, or -1 when not known
 */
public record Split(DataFile file, long start, long length, long rows) implements Serializable {}
