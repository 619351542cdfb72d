/** EXPLAIN ANALYZE, its formats and SHOW SKEW: figures of queries that have run. */
package org.skep.tests.explain;
