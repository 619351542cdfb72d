package org.skep.executor.format.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skep.executor.format.value.JsonCursor;
import org.skep.executor.format.value.TextFormats;
import org.skep.executor.format.value.TypeGuess;
import org.skep.model.type.Field;
import org.skep.model.type.Type;

/** What the values in one place of many records have in common. */
final class JsonShape {
    /** Deeper values are taken as text. */
    private static final int MAX_DEPTH = 32;

    /** Objects with more different names are taken as text. */
    private static final int MAX_MEMBERS = 1000;

    private final int depth;
    private final Map<String, JsonShape> members = new LinkedHashMap<>();
    private JsonShape element;
    private final TypeGuess numbers = new TypeGuess(TextFormats.ISO);
    private boolean objects;
    private boolean arrays;
    private boolean strings;
    private boolean booleans;
    private boolean plainNumbers;

    JsonShape(int depth) {
        this.depth = depth;
    }

    Map<String, JsonShape> members() {
        return members;
    }

    /** Takes in the next value of the cursor, and moves past it. */
    void add(JsonCursor cursor) {
        int first = cursor.peek();
        int start = cursor.position();
        if (depth > MAX_DEPTH) {
            cursor.skipValue();
            strings = true;
        } else if (first == '{') {
            objects = true;
            object(cursor);
        } else if (first == '[') {
            arrays = true;
            array(cursor);
        } else if (first == '"') {
            strings = true;
            cursor.skipValue();
        } else {
            cursor.skipValue();
            scalar(
                    new String(
                            cursor.data(),
                            start,
                            cursor.position() - start,
                            StandardCharsets.ISO_8859_1));
        }
    }

    private void scalar(String text) {
        switch (text) {
            case "null" -> {}
            case "true", "false" -> booleans = true;
            default -> {
                plainNumbers = true;
                numbers.add(text);
            }
        }
    }

    private void array(JsonCursor cursor) {
        if (element == null) {
            element = new JsonShape(depth + 1);
        }
        cursor.expect('[');
        if (!cursor.take(']')) {
            do {
                element.add(cursor);
            } while (cursor.take(','));
            cursor.expect(']');
        }
    }

    private void object(JsonCursor cursor) {
        cursor.expect('{');
        if (!cursor.take('}')) {
            do {
                String name = name(cursor);
                cursor.expect(':');
                JsonShape member = members.get(name);
                if (member == null && members.size() < MAX_MEMBERS) {
                    member = new JsonShape(depth + 1);
                    members.put(name, member);
                }
                if (member == null) {
                    strings |= depth > 0;
                    cursor.skipValue();
                } else {
                    member.add(cursor);
                }
            } while (cursor.take(','));
            cursor.expect('}');
        }
    }

    private static String name(JsonCursor cursor) {
        cursor.string();
        byte[] text =
                Arrays.copyOfRange(
                        cursor.data(),
                        cursor.stringStart(),
                        cursor.stringStart() + cursor.stringLength());
        int size =
                cursor.stringIsEscaped() ? JsonCursor.unescape(text, 0, text.length) : text.length;
        return new String(text, 0, size, StandardCharsets.UTF_8);
    }

    /** The type that takes all values; STRING, holding JSON, when they have nothing in common. */
    Type type() {
        int kinds =
                (objects ? 1 : 0)
                        + (arrays ? 1 : 0)
                        + (strings ? 1 : 0)
                        + (booleans ? 1 : 0)
                        + (plainNumbers ? 1 : 0);
        if (kinds != 1 || strings) {
            return Type.STRING;
        }
        if (booleans) {
            return Type.BOOLEAN;
        }
        if (arrays) {
            return Type.array(element.type());
        }
        if (objects) {
            List<Field> fields = new ArrayList<>();
            members.forEach((name, shape) -> fields.add(new Field(name, shape.type())));
            return fields.isEmpty() ? Type.STRING : Type.struct(fields);
        }
        return numbers.type();
    }
}
