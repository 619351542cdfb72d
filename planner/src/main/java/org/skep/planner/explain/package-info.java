/**
 * What EXPLAIN prints. {@link org.skep.planner.explain.Explanation} holds what there is to show;
 * {@code ExplanationText}, {@code ExplanationJson} and {@code ExplanationHtml} write it, with
 * {@code PlanText} and {@code NodeText} for stages and nodes, {@code MapReduce} for their
 * functions.
 *
 * <p>Without ANALYZE a text holds no times, ids or addresses, so that it can be compared with a
 * golden file. Whatever a user has written is escaped in documents: {@code JsonWriter}, {@code
 * HtmlText}.
 */
package org.skep.planner.explain;
