/**
 * Expressions over batches: {@link org.skep.executor.eval.Expressions} turns an {@code Expr} into
 * an {@link org.skep.executor.eval.Evaluator} or a {@link org.skep.executor.eval.Predicate}.
 *
 * <p>Reading order: {@code Expressions}, then {@code ExpressionCompiler} (the one switch over all
 * kinds), then the kernel of the kind you are after. Two wrappers stand around kernels: {@code
 * Constant} (no columns: computed once) and {@code PerEntry} (one column: computed once per
 * dictionary entry). Kernels themselves see flat columns only.
 *
 * <p>Rule of the package: what stands at a null row is arbitrary, so a kernel may compute with it
 * but must not fail because of it.
 */
package org.skep.executor.eval;
