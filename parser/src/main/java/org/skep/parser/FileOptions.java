package org.skep.parser;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.skep.parser.grammar.SkepParser.DelimiterContext;
import org.skep.parser.grammar.SkepParser.EscapeCharacterContext;
import org.skep.parser.grammar.SkepParser.FieldDelimiterContext;
import org.skep.parser.grammar.SkepParser.ItemDelimiterContext;
import org.skep.parser.grammar.SkepParser.KeyDelimiterContext;
import org.skep.parser.grammar.SkepParser.LineDelimiterContext;
import org.skep.parser.grammar.SkepParser.NullTextContext;
import org.skep.parser.grammar.SkepParser.PropertiesContext;
import org.skep.parser.grammar.SkepParser.PropertyContext;
import org.skep.parser.grammar.SkepParser.PropertyKeyContext;
import org.skep.parser.grammar.SkepParser.PropertyValueContext;

/** File formats and their options as we name them, from what Hive and Spark call them. */
final class FileOptions {
    static final String TEXTFILE = "textfile";

    /** Hive's separator of fields when none is said. */
    private static final String HIVE_DELIMITER = "\u0001";

    private static final Map<String, String> SPARK_NAMES =
            Map.ofEntries(
                    Map.entry("sep", "delimiter"),
                    Map.entry("separator", "delimiter"),
                    Map.entry("delim", "delimiter"),
                    Map.entry("nullvalue", "null_value"),
                    Map.entry("nullstr", "null_value"),
                    Map.entry("null", "null_value"),
                    Map.entry("quotechar", "quote"),
                    Map.entry("escapechar", "escape"),
                    Map.entry("separatorchar", "delimiter"),
                    Map.entry("field.delim", "delimiter"),
                    Map.entry("escape.delim", "escape"),
                    Map.entry("line.delim", "line_delimiter"),
                    Map.entry("serialization.null.format", "null_value"));

    private final Map<String, String> options = new LinkedHashMap<>();

    Map<String, String> map() {
        return options;
    }

    void put(String key, String value) {
        String known = Strings.key(key);
        options.put(SPARK_NAMES.getOrDefault(known, known), value);
    }

    void putAll(PropertiesContext properties) {
        properties(properties).forEach(this::put);
    }

    void put(DelimiterContext delimiter) {
        if (delimiter instanceof FieldDelimiterContext fields) {
            options.put("delimiter", CommandTranslation.string(fields.STRING(0)));
            if (fields.STRING().size() == 2) {
                options.put("escape", CommandTranslation.string(fields.STRING(1)));
            }
        } else if (delimiter instanceof EscapeCharacterContext escape) {
            options.put("escape", CommandTranslation.string(escape.STRING()));
        } else if (delimiter instanceof ItemDelimiterContext items) {
            options.put("item_delimiter", CommandTranslation.string(items.STRING()));
        } else if (delimiter instanceof KeyDelimiterContext keys) {
            options.put("key_delimiter", CommandTranslation.string(keys.STRING()));
        } else if (delimiter instanceof LineDelimiterContext lines) {
            options.put("line_delimiter", CommandTranslation.string(lines.STRING()));
        } else {
            String text = CommandTranslation.string(((NullTextContext) delimiter).STRING());
            options.put("null_value", text);
        }
    }

    /** What Hive's text files are like where nothing else is said: no header, no quotes. */
    void asHiveText() {
        options.putIfAbsent("delimiter", HIVE_DELIMITER);
        options.putIfAbsent("header", "false");
        options.putIfAbsent("quote", "");
        options.putIfAbsent("null_value", "\\N");
    }

    static Map<String, String> properties(PropertiesContext context) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (PropertyContext property : context.property()) {
            properties.put(key(property.propertyKey()), value(property.propertyValue()));
        }
        return properties;
    }

    static String key(PropertyKeyContext key) {
        if (key.STRING() != null) {
            return Strings.key(CommandTranslation.string(key.STRING()));
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < key.getChildCount(); i++) {
            text.append(Strings.name(key.getChild(i).getText()));
        }
        return Strings.key(text.toString());
    }

    private static String value(PropertyValueContext value) {
        return value.STRING() != null
                ? CommandTranslation.string(value.STRING())
                : value.TRUE() != null || value.FALSE() != null
                        ? value.getText().toLowerCase(Locale.ROOT)
                        : Strings.name(value.getText());
    }

    /** Our name of a format that Hive or Spark calls {@code typed}. */
    static String format(String typed) {
        String name = typed.toLowerCase(Locale.ROOT);
        return switch (name) {
            case "jsonfile", "jsonl", "ndjson" -> "json";
            case "parquetfile" -> "parquet";
            case "csvfile" -> "csv";
            case "orcfile" -> "orc";
            default -> name;
        };
    }

    /** The format that a Hive SerDe reads, and its default options. */
    String serde(String className, SqlParserPos place) {
        String name = className.substring(className.lastIndexOf('.') + 1);
        return switch (name) {
            case "OpenCSVSerde" -> {
                options.putIfAbsent("header", "false");
                yield "csv";
            }
            case "LazySimpleSerDe", "MultiDelimitSerDe" -> {
                asHiveText();
                yield "csv";
            }
            case "JsonSerDe" -> "json";
            case "ParquetHiveSerDe" -> "parquet";
            case "RegexSerDe" -> "regex";
            default ->
                    throw Places.notSupported(
                            place,
                            "the SerDe '%s'".formatted(className),
                            "known are %s"
                                    .formatted(
                                            String.join(
                                                    ", ",
                                                    List.of(
                                                            "OpenCSVSerde",
                                                            "LazySimpleSerDe",
                                                            "JsonSerDe",
                                                            "ParquetHiveSerDe",
                                                            "RegexSerDe"))));
        };
    }
}
