/**
 * Joins of all kinds over each other, in random trees, whose order the planner may change; begin
 * with {@link org.skep.tests.joins.RandomJoins}.
 */
package org.skep.tests.joins;
