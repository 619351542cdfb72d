package org.skep.parser;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.Position;
import org.skep.model.error.QueryException;

/** SET, read by hand: a value is anything up to the end of the statement. */
final class SettingStatement {
    private static final Pattern SET =
            Pattern.compile(
                    "(?:\\s|--[^\\n]*(?:\\n|$)|/\\*(?s:.*?)\\*/)*+set(?![\\w.$])",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern ASSIGNMENT =
            Pattern.compile(
                    "([\\w.$:-]+|`[^`]*`|\"[^\"]*\")(?:\\s*=\\s*|\\s+to\\s+)(.*)",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private SettingStatement() {}

    /** The statement if {@code sql} is a SET, else null. */
    static Statement parse(String sql) {
        Matcher set = SET.matcher(sql);
        if (!set.lookingAt()) {
            return null;
        }
        String rest = withoutEnd(sql.substring(set.end()));
        String assignment = rest.strip();
        if (assignment.isEmpty() || assignment.equalsIgnoreCase("-v")) {
            return new Statement.ShowSettings(null);
        }
        int start = set.end() + rest.indexOf(assignment);
        Position place = place(sql, start, start + assignment.length());
        Matcher pair = ASSIGNMENT.matcher(assignment);
        if (pair.matches()) {
            String key = unquoted(pair.group(1));
            Position keyPlace = place(sql, start, start + pair.end(1));
            return new Statement.SetSetting(key, unquoted(pair.group(2).strip()), keyPlace);
        }
        if (assignment.matches("[\\w.$:-]+|'[^']*'")) {
            return new Statement.ShowSettings(unquoted(assignment));
        }
        throw new QueryException(
                ErrorCode.SYNTAX_ERROR,
                place,
                "SET without a key and a value",
                "write SET key = value");
    }

    private static String withoutEnd(String text) {
        String rest = text.stripTrailing();
        while (rest.endsWith(";")) {
            rest = rest.substring(0, rest.length() - 1).stripTrailing();
        }
        return rest;
    }

    private static String unquoted(String text) {
        boolean string = text.length() > 1 && text.startsWith("'") && text.endsWith("'");
        if (string && !Strings.hasInnerQuote(text)) {
            return Strings.text(text);
        }
        boolean name = text.length() > 1 && (text.startsWith("`") || text.startsWith("\""));
        return name && text.endsWith(text.substring(0, 1)) ? Strings.name(text) : text;
    }

    private static Position place(String sql, int from, int to) {
        return position(sql, from).to(position(sql, to - 1));
    }

    private static Position position(String sql, int index) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < index; i++) {
            if (sql.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return Position.at(line, sql.codePointCount(lineStart, index) + 1);
    }
}
