package org.skep.planner.check;

import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.Position;
import org.skep.model.error.QueryException;
import org.skep.model.error.Suggestion;

/** Says in our words what Calcite's validator found wrong. */
public final class CheckErrors {
    private static final Pattern COLUMN =
            Pattern.compile(
                    "Column '(.+?)' not found in (?:any table|table '(.+?)')(.*)", Pattern.DOTALL);
    private static final Pattern TABLE = Pattern.compile("(?:Table|Object) '(.+?)' not found.*");
    private static final Pattern FUNCTION =
            Pattern.compile(
                    "No match found for function signature (.+?)\\((.*)\\)", Pattern.DOTALL);
    private static final Pattern AMBIGUOUS = Pattern.compile("Column '(.+?)' is ambiguous");
    private static final Pattern GROUPED =
            Pattern.compile("Expression '(.+?)' is not being grouped", Pattern.DOTALL);
    private static final Pattern OPERANDS =
            Pattern.compile("Cannot apply '(.+?)' to arguments of type '(.+?)'.*", Pattern.DOTALL);
    private static final Pattern CAST =
            Pattern.compile("Cast function cannot convert value of type (.+?) to type (.+)");

    private static final Pattern BRACKETED = Pattern.compile("<([\\w(][^<>]*)>");
    private static final Pattern MEMBER = Pattern.compile("Unknown field '(.+?)'.*");

    private CheckErrors() {}

    public static Position position(SqlParserPos pos) {
        if (pos == null || pos.getLineNum() < 1 || pos.getColumnNum() < 1) {
            return null;
        }
        int endLine = Math.max(pos.getEndLineNum(), pos.getLineNum());
        int endColumn =
                endLine == pos.getLineNum()
                        ? Math.max(pos.getEndColumnNum(), pos.getColumnNum())
                        : pos.getEndColumnNum();
        return new Position(pos.getLineNum(), pos.getColumnNum(), endLine, Math.max(1, endColumn));
    }

    /**
     * @param columns names to suggest for a column
     * @param functions names to suggest for a function
     */
    public static QueryException translate(
            RuntimeException error, Collection<String> columns, Collection<String> functions) {
        if (error instanceof QueryException known) {
            return known;
        }
        Position position = null;
        Throwable cause = error;
        for (Throwable e = error; e != null; e = e.getCause()) {
            if (e instanceof QueryException known) {
                return known.at(position);
            }
            if (e instanceof CalciteContextException context && context.getPosLine() > 0) {
                position =
                        position(
                                new SqlParserPos(
                                        context.getPosLine(),
                                        context.getPosColumn(),
                                        context.getEndPosLine(),
                                        context.getEndPosColumn()));
            }
            cause = e;
        }
        if (position == null && !(error instanceof CalciteContextException)) {
            return new QueryException(ErrorCode.BUG, "checking failed: " + error, error);
        }
        return translate(String.valueOf(cause.getMessage()), position, columns, functions);
    }

    private static QueryException translate(
            String said,
            Position position,
            Collection<String> columns,
            Collection<String> functions) {
        Matcher column = COLUMN.matcher(said);
        if (column.matches()) {
            String where = column.group(2) == null ? "" : " in " + column.group(2);
            return new QueryException(
                    ErrorCode.COLUMN_NOT_FOUND,
                    position,
                    "no column '%s'%s".formatted(column.group(1), where),
                    columnHint(column.group(1), columns));
        }
        Matcher table = TABLE.matcher(said);
        if (table.matches()) {
            return new QueryException(
                    ErrorCode.TABLE_NOT_FOUND,
                    position,
                    "no table '%s' in FROM".formatted(table.group(1)),
                    "a column is qualified by the table's alias when it has one");
        }
        Matcher function = FUNCTION.matcher(said);
        if (function.matches()) {
            String name = function.group(1).replace("`", "");
            String near = Suggestion.hint(name, functions);
            return new QueryException(
                    ErrorCode.FUNCTION_NOT_FOUND,
                    position,
                    "no function '%s'".formatted(name),
                    near != null ? near : "SHOW FUNCTIONS lists all");
        }
        Matcher ambiguous = AMBIGUOUS.matcher(said);
        if (ambiguous.matches()) {
            return new QueryException(
                    ErrorCode.AMBIGUOUS_NAME,
                    position,
                    "column '%s' is in more than one table of FROM".formatted(ambiguous.group(1)),
                    "write the table's name or alias before it");
        }
        Matcher grouped = GROUPED.matcher(said);
        if (grouped.matches()) {
            return new QueryException(
                    ErrorCode.GROUPING_ERROR,
                    position,
                    "%s is neither grouped nor aggregated"
                            .formatted(grouped.group(1).replace("`", "")),
                    "add it to GROUP BY, or wrap it in an aggregate such as any_value()");
        }
        return types(said, position);
    }

    private static QueryException types(String said, Position position) {
        Matcher operands = OPERANDS.matcher(said);
        if (operands.matches()) {
            return new QueryException(
                    ErrorCode.TYPE_MISMATCH,
                    position,
                    "%s does not take %s"
                            .formatted(operands.group(1), typeNames(operands.group(2))),
                    "convert an operand with CAST(… AS type)");
        }
        Matcher cast = CAST.matcher(said);
        if (cast.matches()) {
            return new QueryException(
                    ErrorCode.TYPE_MISMATCH,
                    position,
                    "%s cannot be cast to %s"
                            .formatted(typeNames(cast.group(1)), typeNames(cast.group(2))),
                    "look for a function that converts it: SHOW FUNCTIONS lists all");
        }
        Matcher member = MEMBER.matcher(said);
        if (member.matches()) {
            return new QueryException(
                    ErrorCode.COLUMN_NOT_FOUND,
                    position,
                    "no member '%s'".formatted(member.group(1)),
                    "DESCRIBE shows the members of a STRUCT");
        }
        return CalciteWords.translate(said, position);
    }

    private static String columnHint(String name, Collection<String> columns) {
        String near = Suggestion.hint(name, columns);
        if (near != null || columns.isEmpty()) {
            return near;
        }
        String known = String.join(", ", columns.stream().distinct().limit(12).toList());
        return "columns are " + known + (columns.size() > 12 ? ", …" : "");
    }

    /** Calcite's names of types, as ours. */
    private static String typeNames(String text) {
        List<String> types =
                BRACKETED.matcher(text).results().map(found -> found.group(1)).toList();
        return (types.isEmpty() ? text : String.join(", ", types))
                .replaceAll("\\s+NOT NULL", "")
                .replaceAll("(\\w+(?:\\([\\d, ]+\\))?) ARRAY", "ARRAY<$1>")
                .replace("VARCHAR", "STRING")
                .replaceAll("CHAR\\(\\d+\\)", "STRING")
                .replace("TIMESTAMP(6)", "TIMESTAMP")
                .replaceAll("INTERVAL (DAY|HOUR|MINUTE|SECOND)[^,]*", "INTERVAL DAY TO SECOND")
                .replaceAll("INTERVAL (YEAR|MONTH)\\b[^,]*", "INTERVAL YEAR TO MONTH")
                .replaceAll(">,? [^<>]*<", ", "); // ">, <" of a call, "> + <" of a sign
    }
}
