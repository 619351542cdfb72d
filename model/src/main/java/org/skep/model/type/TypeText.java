package org.skep.model.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/** Reads types and schemas from text: SQL's, Hive's, Spark's and Postgres' names for them. */
final class TypeText {
    private static final int MAX_DEPTH = 64;

    private final String text;
    private int at;
    private int depth;

    TypeText(String text) {
        this.text = text;
    }

    Type type() {
        Type type = parseType();
        if (!atEnd()) {
            throw bad("end of type");
        }
        return type;
    }

    Schema schema() {
        List<Field> fields = new ArrayList<>();
        while (!atEnd()) {
            if (!fields.isEmpty() && !take(',')) {
                throw bad("','");
            }
            fields.add(parseField());
        }
        return new Schema(fields);
    }

    /** {@code name} as it must be written for {@link #schema()} to read it back. */
    static String quoted(String name) {
        boolean plain = !name.isEmpty() && !Character.isDigit(name.charAt(0));
        for (int i = 0; i < name.length(); i++) {
            plain &= isWord(name.charAt(i));
        }
        return plain ? name : "`" + name.replace("`", "``") + "`";
    }

    private Field parseField() {
        String name = name();
        take(':');
        Type type = parseType();
        boolean nullable = true;
        int mark = at;
        if (word().equalsIgnoreCase("not") && word().equalsIgnoreCase("null")) {
            nullable = false;
        } else {
            at = mark;
        }
        return new Field(name, type, nullable);
    }

    private Type parseType() {
        if (++depth > MAX_DEPTH) {
            throw new QueryException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "type nested more than %d deep".formatted(MAX_DEPTH),
                    (String) null);
        }
        int start = at;
        String word = word().toLowerCase(Locale.ROOT);
        Type type =
                switch (word) {
                    case "boolean", "bool" -> Type.BOOLEAN;
                    case "tinyint", "byte", "int1" -> Type.TINYINT;
                    case "smallint", "short", "int2" -> Type.SMALLINT;
                    case "integer", "int", "int4" -> Type.INTEGER;
                    case "bigint", "long", "int8" -> Type.BIGINT;
                    case "float", "real", "float4" -> Type.FLOAT;
                    case "double", "float8" -> doubleType();
                    case "decimal", "numeric", "dec" -> decimal();
                    case "date" -> Type.DATE;
                    case "timestamp", "datetime", "timestamp_ntz" -> timestamp();
                    case "string", "text" -> Type.STRING;
                    case "varchar", "char", "character", "bpchar", "nvarchar" -> varchar();
                    case "binary", "bytea", "blob", "varbinary" -> binary();
                    case "interval" -> interval();
                    case "array" -> array();
                    case "map" -> map();
                    case "struct", "row" -> struct();
                    case "null", "void" -> Type.NULL;
                    default -> {
                        at = start;
                        throw bad("a type");
                    }
                };
        while (take('[')) {
            expect(']');
            type = Type.array(type);
        }
        depth--;
        return type;
    }

    private Type doubleType() {
        optional("precision");
        return Type.DOUBLE;
    }

    private Type timestamp() {
        length();
        int mark = at;
        if (word().equalsIgnoreCase("without")) {
            optional("time");
            optional("zone");
        } else {
            at = mark;
        }
        return Type.TIMESTAMP;
    }

    private Type varchar() {
        optional("varying");
        length();
        return Type.STRING;
    }

    private Type binary() {
        length();
        return Type.BINARY;
    }

    private void length() {
        if (take('(')) {
            number();
            expect(')');
        }
    }

    private Type decimal() {
        int precision = 10;
        int scale = 0;
        if (take('(')) {
            precision = number();
            if (take(',')) {
                scale = number();
            }
            expect(')');
        }
        if (precision < 1 || precision > Type.MAX_PRECISION || scale > precision) {
            throw new QueryException(
                    ErrorCode.TYPE_MISMATCH,
                    "no type DECIMAL(%d,%d)".formatted(precision, scale),
                    "a DECIMAL has 1 to 38 digits and a scale no greater than that");
        }
        return Type.decimal(precision, scale);
    }

    private Type interval() {
        String from = word().toLowerCase(Locale.ROOT);
        optional("to");
        int mark = at;
        String to = word().toLowerCase(Locale.ROOT);
        if (!List.of("month", "hour", "minute", "second").contains(to)) {
            at = mark;
        }
        return from.equals("year") || from.equals("month")
                ? Type.INTERVAL_MONTH
                : Type.INTERVAL_DAY;
    }

    private Type array() {
        expect('<');
        Type element = parseType();
        expect('>');
        return Type.array(element);
    }

    private Type map() {
        expect('<');
        Type key = parseType();
        expect(',');
        Type value = parseType();
        expect('>');
        return Type.map(key, value);
    }

    private Type struct() {
        boolean angle = take('<');
        if (!angle) {
            expect('(');
        }
        char end = angle ? '>' : ')';
        List<Field> fields = new ArrayList<>();
        while (!take(end)) {
            if (!fields.isEmpty()) {
                expect(',');
            }
            fields.add(parseField());
        }
        return Type.struct(fields);
    }

    private String name() {
        if (take('`')) {
            return delimited('`');
        }
        if (take('"')) {
            return delimited('"');
        }
        String word = word();
        if (word.isEmpty()) {
            throw bad("a name");
        }
        return word;
    }

    private String delimited(char quote) {
        StringBuilder name = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != quote) {
                name.append(c);
            } else if (at < text.length() && text.charAt(at) == quote) {
                name.append(quote);
                at++;
            } else {
                return name.toString();
            }
        }
        throw bad("a closing " + quote);
    }

    private void optional(String expected) {
        int mark = at;
        if (!word().equalsIgnoreCase(expected)) {
            at = mark;
        }
    }

    private String word() {
        skipSpace();
        int start = at;
        while (at < text.length() && isWord(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private int number() {
        String digits = word();
        if (digits.isEmpty()
                || digits.length() > 9
                || !digits.chars().allMatch(Character::isDigit)) {
            throw bad("a number");
        }
        return Integer.parseInt(digits);
    }

    private boolean take(char expected) {
        skipSpace();
        if (at < text.length() && text.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char expected) {
        if (!take(expected)) {
            throw bad("'" + expected + "'");
        }
    }

    private boolean atEnd() {
        skipSpace();
        return at == text.length();
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    private QueryException bad(String expected) {
        return new QueryException(
                ErrorCode.SYNTAX_ERROR,
                "expected %s at character %d of '%s'".formatted(expected, at + 1, text),
                "types are BOOLEAN, TINYINT … BIGINT, FLOAT, DOUBLE, DECIMAL(p,s), DATE, TIMESTAMP,"
                        + " STRING, BINARY, INTERVAL, ARRAY<t>, MAP<k,v>, STRUCT<name: t>");
    }
}
