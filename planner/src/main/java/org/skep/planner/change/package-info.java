/**
 * Statements that change rows of a table, as queries: which files have rows to change, what these
 * files' rows become, which rows are new. Begin with {@link org.skep.planner.change.ChangeQueries}.
 */
package org.skep.planner.change;
