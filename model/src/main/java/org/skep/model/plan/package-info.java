/**
 * The program: what the planner writes and the executor runs, with neither knowing the other.
 *
 * <p>Start at {@link org.skep.model.plan.PlanNode}, then {@link org.skep.model.plan.Expr} and
 * {@link org.skep.model.plan.StageGraph}. The rule: data only, no behaviour beyond looking at
 * itself. To add a node, write its record and its kind; the compiler leads from there.
 */
package org.skep.model.plan;
