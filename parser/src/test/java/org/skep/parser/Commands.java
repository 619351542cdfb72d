package org.skep.parser;

import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.sql.SqlNode;
import org.skep.model.error.Position;

/** Statements as text: a component a line, absent and empty ones left out. */
final class Commands {
    private Commands() {}

    static String text(Statement statement) {
        StringBuilder out = new StringBuilder(statement.getClass().getSimpleName());
        for (RecordComponent component : statement.getClass().getRecordComponents()) {
            String value = value(read(component, statement));
            if (!value.isEmpty()) {
                out.append("\n  ").append(component.getName()).append(": ").append(value);
            }
        }
        return out.toString();
    }

    private static Object read(RecordComponent component, Statement statement) {
        try {
            return component.getAccessor().invoke(statement);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static String value(Object value) {
        if (value == null || Boolean.FALSE.equals(value)) {
            return "";
        }
        if (value instanceof Syntax syntax) {
            return Sql.text(syntax.node());
        }
        if (value instanceof SqlNode node) {
            return Sql.text(node);
        }
        if (value instanceof Statement statement) {
            return text(statement).replace("\n", "\n  ");
        }
        if (value instanceof Position place) {
            return "%d:%d-%d:%d"
                    .formatted(place.line(), place.column(), place.endLine(), place.endColumn());
        }
        if (value instanceof Map<?, ?> map) {
            TreeMap<String, String> texts = new TreeMap<>();
            map.forEach((key, entry) -> texts.put(key.toString(), value(entry)));
            return texts.isEmpty() ? "" : visible(texts.toString());
        }
        String text = visible(value.toString());
        return text.equals("[]") ? "" : text;
    }

    private static String visible(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(c == '\t' ? "\\t" : c == '\u0001' ? "\\u0001" : String.valueOf(c));
        }
        return out.toString();
    }
}
