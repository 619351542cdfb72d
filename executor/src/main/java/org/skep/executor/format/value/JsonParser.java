package org.skep.executor.format.value;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skep.model.data.Bits;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.type.Field;
import org.skep.model.type.Type;

/** ARRAY, MAP and STRUCT from JSON text. Members a type does not name are passed over. */
final class JsonParser extends ValueParser {
    /** Stands for a value that does not fit, among values where null is one. */
    private static final Object MISFIT = new Object();

    private final TextFormats formats;
    private final JsonCursor cursor = new JsonCursor();
    private final Numbers numbers = new Numbers();
    private final Map<Type, SingleValue> scalars = new java.util.HashMap<>();

    JsonParser(Type type, TextFormats formats) {
        super(type);
        this.formats = formats;
    }

    @Override
    public Column parse(
            byte[] data, int[] starts, int[] lengths, long[] validity, int rows, BadValues bad) {
        ColumnBuilder builder = ColumnBuilder.of(type(), rows);
        for (int i = 0; i < rows; i++) {
            if (validity != null && !Bits.get(validity, i)) {
                builder.appendNull();
                continue;
            }
            Object value;
            try {
                cursor.over(data, starts[i], lengths[i]);
                value = value(type());
                if (!cursor.atEnd()) {
                    value = MISFIT;
                }
            } catch (JsonSyntaxException notJson) {
                value = MISFIT;
            }
            if (value == MISFIT) {
                bad.add(i);
                value = null;
            }
            builder.appendValue(value);
        }
        return builder.build();
    }

    private Object value(Type type) {
        int first = cursor.peek();
        if (first == 'n') {
            return isNull() ? null : MISFIT;
        }
        return switch (type.kind()) {
            case ARRAY -> first == '[' ? array(type) : MISFIT;
            case MAP -> first == '{' ? map(type) : MISFIT;
            case STRUCT -> first == '{' ? struct(type) : MISFIT;
            default -> scalar(type, first);
        };
    }

    private boolean isNull() {
        int start = cursor.position();
        cursor.skipValue();
        return isNull(cursor.data(), start, cursor.position() - start);
    }

    static boolean isNull(byte[] data, int start, int length) {
        return length == 4
                && data[start] == 'n'
                && data[start + 1] == 'u'
                && data[start + 2] == 'l'
                && data[start + 3] == 'l';
    }

    private Object scalar(Type type, int first) {
        int start = cursor.position();
        cursor.skipValue();
        int length = cursor.position() - start;
        byte[] data = cursor.data();
        if (first == '"') {
            byte[] text = Arrays.copyOfRange(data, start + 1, start + length - 1);
            int size =
                    cursor.stringIsEscaped()
                            ? JsonCursor.unescape(text, 0, text.length)
                            : text.length;
            return type.kind() == Type.Kind.STRING
                    ? new String(text, 0, size, StandardCharsets.UTF_8)
                    : parsed(type, text, 0, size);
        }
        if (type.kind() == Type.Kind.STRING) {
            return new String(data, start, length, StandardCharsets.UTF_8);
        }
        if (type.kind() == Type.Kind.BIGINT) {
            long value = numbers.integer(data, start, length);
            return numbers.failed ? MISFIT : (Object) value;
        }
        return parsed(type, data, start, length);
    }

    private Object parsed(Type type, byte[] data, int start, int length) {
        if (type.kind() == Type.Kind.NULL) {
            return MISFIT;
        }
        Object value =
                scalars.computeIfAbsent(type, t -> new SingleValue(t, formats))
                        .parse(data, start, length);
        return value == null ? MISFIT : value;
    }

    private Object array(Type type) {
        List<Object> values = new ArrayList<>();
        cursor.expect('[');
        if (!cursor.take(']')) {
            do {
                Object value = value(type.element());
                if (value == MISFIT) {
                    return MISFIT;
                }
                values.add(value);
            } while (cursor.take(','));
            cursor.expect(']');
        }
        return values;
    }

    private Object map(Type type) {
        SingleValue keys = new SingleValue(type.children().get(0).type(), formats);
        Type valueType = type.children().get(1).type();
        Map<Object, Object> map = new LinkedHashMap<>();
        cursor.expect('{');
        if (!cursor.take('}')) {
            do {
                Object key = keys.parse(name());
                cursor.expect(':');
                Object value = value(valueType);
                if (key == null || value == MISFIT) {
                    return MISFIT;
                }
                map.put(key, value);
            } while (cursor.take(','));
            cursor.expect('}');
        }
        return map;
    }

    private Object struct(Type type) {
        Object[] members = new Object[type.children().size()];
        cursor.expect('{');
        if (!cursor.take('}')) {
            do {
                int member = indexOf(type.children(), name());
                cursor.expect(':');
                if (member < 0) {
                    cursor.skipValue();
                    continue;
                }
                members[member] = value(type.children().get(member).type());
                if (members[member] == MISFIT) {
                    return MISFIT;
                }
            } while (cursor.take(','));
            cursor.expect('}');
        }
        return Arrays.asList(members);
    }

    private String name() {
        cursor.string();
        byte[] data = cursor.data();
        int start = cursor.stringStart();
        if (!cursor.stringIsEscaped()) {
            return new String(data, start, cursor.stringLength(), StandardCharsets.UTF_8);
        }
        byte[] text = Arrays.copyOfRange(data, start, start + cursor.stringLength());
        int size = JsonCursor.unescape(text, 0, text.length);
        return new String(text, 0, size, StandardCharsets.UTF_8);
    }

    private static int indexOf(List<Field> fields, String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(name)) {
                return i;
            }
        }
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }
}
