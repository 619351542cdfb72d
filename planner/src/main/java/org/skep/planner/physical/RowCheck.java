package org.skep.planner.physical;

import org.skep.model.plan.Expr;

/**
 * A CHECK that rows of a table must hold to.
 *
 * @param name as users know it
 * @param text the condition as typed
 * @param condition over the table's columns
 */
public record RowCheck(String name, String text, Expr condition) {}
