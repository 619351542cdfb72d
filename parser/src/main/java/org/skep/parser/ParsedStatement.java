package org.skep.parser;

import org.skep.model.error.Position;

/**
 * One statement of a script, not yet parsed.
 *
 * @param sql from its first token to its last, without the semicolon
 * @param start where it begins in the script, so that errors inside can be placed ({@link
 *     Position#shifted})
 * @param terminated whether a semicolon ended it and nothing in it is left open; a shell asks for
 *     more lines until it is
 */
public record ParsedStatement(String sql, Position start, boolean terminated) {}
