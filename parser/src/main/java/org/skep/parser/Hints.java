package org.skep.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.Token;
import org.apache.calcite.sql.SqlHint;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The hints in a comment behind SELECT, as Spark and Hive have them. */
final class Hints {
    private static final Pattern HINT =
            Pattern.compile("\\s*(?<name>\\w+)\\s*(?<list>\\((?<options>[^)]*)\\))?\\s*,?\\s*");

    private static final Pattern PART = Pattern.compile("`(?:[^`]|``)+`|\"(?:[^\"]|\"\")+\"|[^.]+");

    private static final String BEGIN = "/*+";
    private static final String END = "*/";

    private final String text;
    private int at;
    private int line;
    private int column;

    private Hints(Token comment) {
        this.text = comment.getText();
        this.line = comment.getLine();
        this.column = comment.getCharPositionInLine() + 1;
    }

    /** {@code BROADCAST(t), SHUFFLE_MERGE(a, b)}; what is no hint is passed over, as a comment. */
    static SqlNodeList of(Token comment) {
        Hints hints = new Hints(comment);
        Matcher hint = HINT.matcher(hints.text);
        hint.region(BEGIN.length(), hints.text.length() - END.length());
        List<SqlNode> found = new ArrayList<>();
        while (hint.lookingAt()) {
            found.add(hints.hint(hint));
            hint.region(hint.end(), hint.regionEnd());
        }
        return new SqlNodeList(found, Places.of(comment));
    }

    private SqlNode hint(Matcher hint) {
        int end = hint.group("list") == null ? hint.end("name") : hint.end("list");
        SqlParserPos place = place(hint.start("name"), end);
        List<SqlNode> options = new ArrayList<>();
        String list = hint.group("options") == null ? "" : hint.group("options");
        for (String option : list.split(",")) {
            if (!option.isBlank()) {
                options.add(new SqlIdentifier(name(option.strip()), place));
            }
        }
        return new SqlHint(
                place,
                new SqlIdentifier(hint.group("name"), place),
                new SqlNodeList(options, place),
                options.isEmpty()
                        ? SqlHint.HintOptionFormat.EMPTY
                        : SqlHint.HintOptionFormat.ID_LIST);
    }

    /** A name as it is known, {@code db.t} for one of two parts. */
    private static String name(String option) {
        return PART.matcher(option)
                .results()
                .map(part -> part.group().length() > 1 ? Strings.name(part.group()) : part.group())
                .collect(Collectors.joining("."));
    }

    private SqlParserPos place(int from, int to) {
        moveTo(from);
        int startLine = line;
        int startColumn = column;
        moveTo(to - 1);
        return new SqlParserPos(startLine, startColumn, line, column);
    }

    /** Only forwards: a comment may be long. */
    private void moveTo(int offset) {
        while (at < offset) {
            int sign = text.codePointAt(at);
            line += sign == '\n' ? 1 : 0;
            column = sign == '\n' ? 1 : column + 1;
            at += Character.charCount(sign);
        }
    }
}
