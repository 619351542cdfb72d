package org.skep.executor.value;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skep.model.type.Type;

/** Reads nested values from JSON, in the boxed form of {@code Column.value}. */
public final class JsonValues {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonValues() {}

    /** The value that the text is; null when it is not JSON of that shape. */
    public static Object read(String json, Type type) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            parser.nextToken();
            Object value = value(parser, type);
            return parser.nextToken() == null ? value : null;
        } catch (IOException | IllegalArgumentException | ArithmeticException notOne) {
            return null; // the caller knows what to do with text that is no value
        }
    }

    private static Object value(JsonParser parser, Type type) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null || token == JsonToken.VALUE_NULL) {
            return null;
        }
        return switch (type.kind()) {
            case ARRAY -> array(parser, type);
            case MAP -> map(parser, type);
            case STRUCT -> struct(parser, type);
            default -> scalar(parser.getText(), token, type);
        };
    }

    private static List<Object> array(JsonParser parser, Type type) throws IOException {
        expect(parser, JsonToken.START_ARRAY);
        List<Object> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(parser, type.element()));
        }
        return values;
    }

    private static Map<Object, Object> map(JsonParser parser, Type type) throws IOException {
        expect(parser, JsonToken.START_OBJECT);
        Map<Object, Object> values = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Type keyType = type.children().get(0).type();
            Object key = scalar(parser.currentName(), JsonToken.VALUE_STRING, keyType);
            parser.nextToken();
            values.put(key, value(parser, type.children().get(1).type()));
        }
        return values;
    }

    private static List<Object> struct(JsonParser parser, Type type) throws IOException {
        expect(parser, JsonToken.START_OBJECT);
        Object[] members = new Object[type.children().size()];
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            int found = -1;
            for (int i = 0; i < members.length; i++) {
                found = type.children().get(i).name().equalsIgnoreCase(name) ? i : found;
            }
            if (found >= 0) {
                members[found] = value(parser, type.children().get(found).type());
            } else {
                parser.skipChildren();
            }
        }
        return Arrays.asList(members);
    }

    private static void expect(JsonParser parser, JsonToken wanted) {
        if (parser.currentToken() != wanted) {
            throw new IllegalArgumentException(wanted.toString());
        }
    }

    private static Object scalar(String text, JsonToken token, Type type) {
        if (token == JsonToken.START_ARRAY || token == JsonToken.START_OBJECT) {
            throw new IllegalArgumentException(text);
        }
        TextReader reader = new TextReader();
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int n = utf8.length;
        boolean read =
                switch (type.kind()) {
                    case BOOLEAN -> reader.readBoolean(utf8, 0, n);
                    case TINYINT, SMALLINT, INTEGER ->
                            reader.readLong(utf8, 0, n)
                                    && reader.value() >= type.minInteger()
                                    && reader.value() <= type.maxInteger();
                    case BIGINT -> reader.readLong(utf8, 0, n);
                    case FLOAT, DOUBLE -> reader.readDouble(utf8, 0, n);
                    case DATE -> reader.readDate(utf8, 0, n);
                    case TIMESTAMP -> reader.readTimestamp(utf8, 0, n);
                    case NULL, DECIMAL, STRING, BINARY, INTERVAL_MONTH, INTERVAL_DAY -> true;
                    case ARRAY, MAP, STRUCT -> false;
                };
        if (!read) {
            throw new IllegalArgumentException(text);
        }
        return switch (type.kind()) {
            case BOOLEAN -> reader.value() != 0;
            case TINYINT, SMALLINT, INTEGER, DATE -> (int) reader.value();
            case BIGINT, TIMESTAMP -> reader.value();
            case FLOAT, DOUBLE -> reader.number();
            case DECIMAL -> Decimals.fit(new BigDecimal(text), type);
            case STRING -> text;
            case BINARY -> utf8;
            case INTERVAL_MONTH, INTERVAL_DAY -> IntervalText.read(text, type);
            case NULL, ARRAY, MAP, STRUCT -> null;
        };
    }
}
