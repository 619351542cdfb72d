package org.skep.parser;

import org.skep.model.error.Position;
import org.skep.model.file.PartitionKey.Transform;

/**
 * By what a table is partitioned, as written: {@code dt}, {@code days(ts)}, {@code bucket(16, id)}.
 *
 * @param width of BUCKET and TRUNCATE; else 0
 */
public record PartitionTerm(String column, Transform transform, int width, Position position) {}
