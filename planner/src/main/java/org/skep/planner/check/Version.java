package org.skep.planner.check;

import org.skep.model.plan.Expr;
import org.skep.parser.TableVersion;

/**
 * Which state of a table is read.
 *
 * @param value a snapshot's number or name, or a time
 */
public record Version(TableVersion.By by, Expr.Literal value) {}
