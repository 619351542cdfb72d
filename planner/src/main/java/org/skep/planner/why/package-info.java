/** What the planner decided between, for EXPLAIN WHY; begin with {@link Choice}. */
package org.skep.planner.why;
