/**
 * SQL text to syntax: queries become Calcite's {@code SqlNode}, commands our {@link Statement}
 * records. Nothing here knows which tables or functions there are.
 *
 * <p>Begin in {@link SqlParser}. {@code Tokens} scans the text and refuses what is too large, too
 * deep or not closed; the ANTLR grammar (in {@code src/main/antlr4}) makes a tree of the tokens;
 * the {@code …Translation} classes turn the tree into syntax, one per part of the language; {@code
 * SyntaxErrors} says in a user's words what is wrong.
 *
 * <p>Rule of the package: whatever the text, the outcome is a statement or a {@link
 * org.skep.model.error.QueryException} with a place, and the recursion of those who walk the result
 * is bounded by {@link SqlParser#MAX_DEPTH}.
 */
package org.skep.parser;
