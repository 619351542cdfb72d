package org.skep.executor.function.scalar;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.skep.executor.value.TextWriter;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.data.Utf8;
import org.skep.model.type.Type;

/** JSON in text. A path is {@code $.a.b[0]}; what is not there, or not JSON, is null. */
public final class JsonFunctions {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonFunctions() {}

    @SqlFunction(
            value = {"get_json_object", "json_extract_string", "json_extract_scalar", "json_value"},
            doc = "the text of what stands at a path",
            example = "get_json_object('{\"a\": {\"b\": [1, \"x\"]}}', '$.a.b[1]') = 'x'")
    public static String getJsonObject(Utf8 json, String path) {
        return extract(json, path, false);
    }

    @SqlFunction(
            value = {"json_extract", "json_query"},
            doc = "the JSON that stands at a path",
            example = "json_extract('{\"a\": [1, {\"b\": \"x\"}]}', '$.a[1]') = '{\"b\":\"x\"}'")
    public static String jsonExtract(Utf8 json, String path) {
        return extract(json, path, true);
    }

    private static String extract(Utf8 json, String path, boolean quoted) {
        List<Object> steps = steps(path);
        try (JsonParser parser = FACTORY.createParser(json.data(), json.start(), json.length())) {
            parser.nextToken();
            for (Object step : steps) {
                boolean there =
                        step instanceof Integer index
                                ? toElement(parser, index)
                                : toMember(parser, (String) step);
                if (!there) {
                    return null;
                }
            }
            return text(parser, quoted);
        } catch (IOException notJson) {
            return null; // documented: text that is not JSON has nothing at any path
        }
    }

    private static boolean toElement(JsonParser parser, int index) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return false;
        }
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            if (parser.currentToken() == null) {
                return false;
            }
            if (i == index) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }

    private static boolean toMember(JsonParser parser, String name) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return false;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean found = parser.currentName().equals(name);
            parser.nextToken();
            if (found) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }

    private static String text(JsonParser parser, boolean quoted) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null || token == JsonToken.VALUE_NULL) {
            return quoted && token != null ? "null" : null;
        }
        if (token.isScalarValue() && !quoted) {
            return parser.getText();
        }
        StringWriter out = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(out)) {
            generator.copyCurrentStructure(parser);
        }
        return out.toString();
    }

    private static List<Object> steps(String path) {
        List<Object> steps = new ArrayList<>();
        int at = path.startsWith("$") ? 1 : 0;
        String text = at == 0 && !path.startsWith("[") ? "." + path : path;
        while (at < text.length()) {
            int end = at + 1;
            if (text.charAt(at) == '.') {
                while (end < text.length() && ".[".indexOf(text.charAt(end)) < 0) {
                    end++;
                }
                steps.add(text.substring(at + 1, end));
            } else {
                end = text.indexOf(']', at) + 1;
                String inner = end == 0 ? "" : text.substring(at + 1, end - 1);
                boolean named = inner.length() > 1 && "'\"".indexOf(inner.charAt(0)) >= 0;
                if (named) {
                    steps.add(inner.substring(1, inner.length() - 1));
                } else if (inner.matches("\\d{1,9}")) {
                    steps.add(Integer.parseInt(inner));
                } else {
                    throw new IllegalArgumentException(
                            "'%s' is no path; paths look like $.a.b[0]".formatted(path));
                }
            }
            at = end;
        }
        return steps;
    }

    @SqlFunction(
            value = {"json_array_length"},
            doc = "how many elements a JSON array has; null when it is none",
            example = "json_array_length('[1, [2, 3]]') = 2")
    public static Integer jsonArrayLength(Utf8 json) {
        try (JsonParser parser = FACTORY.createParser(json.data(), json.start(), json.length())) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return null;
            }
            int count = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                parser.skipChildren();
                count++;
            }
            return count;
        } catch (IOException notJson) {
            return null;
        }
    }

    @SqlFunction(
            value = {"json_valid", "is_json"},
            doc = "whether the text is JSON",
            example = "json_valid('{\"a\": }') = false")
    public static boolean jsonValid(Utf8 json) {
        try (JsonParser parser = FACTORY.createParser(json.data(), json.start(), json.length())) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException notJson) {
            return false;
        }
    }

    @SqlFunction(
            value = "to_json",
            signature = "(any) string",
            doc = "a value as JSON",
            example = "to_json(ARRAY[1, NULL]) = '[1, null]'")
    public static Column toJson(Type type, int rows, Column[] arguments) {
        ColumnBuilder out = ColumnBuilder.of(type, rows);
        for (int i = 0; i < rows; i++) {
            if (arguments[0].isNull(i)) {
                out.appendNull();
                continue;
            }
            TextWriter text = new TextWriter(64);
            text.json(arguments[0], i);
            out.appendBytes(text.bytes(), 0, text.length());
        }
        return out.build();
    }
}
