/**
 * Running plans: one operator per plan node, each pulling batches from its inputs.
 *
 * <p>Start at {@link org.skep.executor.operator.OperatorBuilder}, the executor's only list of all
 * plan nodes. What an operator needs of expressions, functions and formats comes through {@link
 * org.skep.executor.operator.OperatorServices}.
 */
package org.skep.executor.operator;
