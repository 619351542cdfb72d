/**
 * How queries run: {@code src/test/resources/plans}, each file a query, a line of dashes, and what
 * EXPLAIN prints. {@code -Dgolden.rewrite=true} rewrites them; the diff is the review of a change
 * to the planner.
 */
package org.skep.tests.plans;
