/**
 * In which order joins are done; begin with {@link org.skep.planner.order.JoinOrder}.
 *
 * <p>A {@link org.skep.planner.order.JoinRegion} is a tree of joins as written, cut into relations
 * and operators; {@link org.skep.planner.order.Conflicts} says which sets of relations an operator
 * may join, {@link org.skep.planner.order.JoinPairs} finds all pairs of sets worth a look, {@link
 * org.skep.planner.order.JoinSearch} the cheapest tree of them, {@link
 * org.skep.planner.order.JoinTrees} makes it algebra again. {@link org.skep.planner.order.Hinted}
 * finds what hints name in a tree.
 *
 * <p>Rule of the package: whatever tree comes out, each operator stands in it once, where its rows
 * are those that it would have seen in the tree as written. Where no tree is found the one as
 * written is taken.
 */
package org.skep.planner.order;
