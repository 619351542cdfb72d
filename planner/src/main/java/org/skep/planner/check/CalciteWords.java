package org.skep.planner.check;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.Position;
import org.skep.model.error.QueryException;

/** Sentences of Calcite's validator that name nothing, and what a user can make use of instead. */
final class CalciteWords {
    private static final List<Sentence> SENTENCES =
            List.of(
                    sentence(
                            "Expected a boolean type",
                            ErrorCode.TYPE_MISMATCH,
                            "a condition must be BOOLEAN",
                            "compare it with something, for example x <> 0"),
                    sentence(
                            "(?:WHERE|HAVING|ON|QUALIFY) clause must be a condition",
                            ErrorCode.TYPE_MISMATCH,
                            "a condition must be BOOLEAN",
                            "compare it with something, for example x <> 0"),
                    sentence(
                            "Illegal mixing of types in CASE or COALESCE statement",
                            ErrorCode.TYPE_MISMATCH,
                            "the alternatives have types that do not go together",
                            "convert them to one type with CAST(… AS type)"),
                    sentence(
                            "Parameters must be of the same type",
                            ErrorCode.TYPE_MISMATCH,
                            "the elements have types that do not go together",
                            "convert them to one type with CAST(… AS type)"),
                    sentence(
                            "Type mismatch in column (\\d+) of (\\w+)(?: ALL)?",
                            ErrorCode.TYPE_MISMATCH,
                            "column %s of %s has types that do not go together",
                            "convert one side with CAST(… AS type)"),
                    sentence(
                            "Column count mismatch in (\\w+)(?: ALL)?",
                            ErrorCode.INVALID_STATEMENT,
                            "the queries of %s have different numbers of columns",
                            "both sides need as many columns"),
                    sentence(
                            "Values passed to (\\w+) operator must have compatible types",
                            ErrorCode.TYPE_MISMATCH,
                            "values that do not go together in %s",
                            "convert them to one type with CAST(… AS type)"),
                    sentence(
                            "Ordinal out of range",
                            ErrorCode.INVALID_STATEMENT,
                            "the select list has no item of this number",
                            "items are counted from 1"),
                    sentence(
                            "Aggregate expressions? (?:is|are) illegal in (.+) clause",
                            ErrorCode.GROUPING_ERROR,
                            "no aggregate can stand in %s",
                            "use HAVING for conditions on groups, or a subquery"),
                    sentence(
                            "Aggregate expressions cannot be nested",
                            ErrorCode.GROUPING_ERROR,
                            "an aggregate within an aggregate",
                            "compute the inner one in a subquery"),
                    sentence(
                            "OVER clause is necessary for window functions",
                            ErrorCode.INVALID_STATEMENT,
                            "a window function without OVER",
                            "write OVER (ORDER BY …) behind it"),
                    sentence(
                            "RANK or DENSE_RANK functions require ORDER BY",
                            ErrorCode.INVALID_STATEMENT,
                            "a ranking without an order",
                            "write ORDER BY … within OVER ( )"),
                    sentence(
                            "Windowed aggregate expression is illegal in (.+) clause",
                            ErrorCode.GROUPING_ERROR,
                            "no window function can stand in %s",
                            "use QUALIFY, or compute it in a subquery"));

    private CalciteWords() {}

    private record Sentence(Pattern pattern, ErrorCode code, String message, String hint) {}

    private static Sentence sentence(String pattern, ErrorCode code, String message, String hint) {
        return new Sentence(Pattern.compile(pattern + ".*", Pattern.DOTALL), code, message, hint);
    }

    static QueryException translate(String said, Position position) {
        for (Sentence sentence : SENTENCES) {
            Matcher matcher = sentence.pattern.matcher(said);
            if (matcher.matches()) {
                Object[] parts = new Object[matcher.groupCount()];
                for (int i = 0; i < parts.length; i++) {
                    parts[i] = matcher.group(i + 1);
                }
                return new QueryException(
                        sentence.code,
                        position,
                        parts.length == 0 ? sentence.message : sentence.message.formatted(parts),
                        sentence.hint);
            }
        }
        return new QueryException(ErrorCode.INVALID_STATEMENT, position, lowerFirst(said), null);
    }

    private static String lowerFirst(String text) {
        return text.isEmpty() || text.length() > 1 && Character.isUpperCase(text.charAt(1))
                ? text
                : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }
}
