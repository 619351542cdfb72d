package org.skep.model.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.error.Suggestion;

/** The names by which settings are set: Skep's own, and Hive's and Spark's for the same thing. */
public final class SettingNames {
    /** Other systems' names, and ours. */
    private static final Map<String, String> SYNONYMS =
            Map.ofEntries(
                    Map.entry("mapred.reduce.tasks", "shuffle_partitions"),
                    Map.entry("mapreduce.job.reduces", "shuffle_partitions"),
                    Map.entry("spark.sql.shuffle.partitions", "shuffle_partitions"),
                    Map.entry("spark.sql.autobroadcastjointhreshold", "broadcast_bytes"),
                    Map.entry("spark.sql.adaptive.autobroadcastjointhreshold", "broadcast_bytes"),
                    Map.entry("spark.sql.adaptive.enabled", "adaptive"),
                    Map.entry("spark.sql.adaptive.skewjoin.enabled", "skew"),
                    Map.entry("hive.optimize.skewjoin", "skew"),
                    Map.entry("spark.sql.adaptive.skewjoin.skewedpartitionfactor", "skew_factor"),
                    Map.entry(
                            "spark.sql.adaptive.skewjoin.skewedpartitionthresholdinbytes",
                            "skew_bytes"),
                    Map.entry("spark.sql.adaptive.advisorypartitionsizeinbytes", "partition_bytes"),
                    Map.entry("hive.exec.reducers.bytes.per.reducer", "partition_bytes"),
                    Map.entry("hive.auto.convert.join.noconditionaltask.size", "broadcast_bytes"),
                    Map.entry("memory_limit", "memory"));

    /** What Spark and Hive say for a switch that has more than two positions here. */
    private static final Map<String, Map<String, String>> WORDS =
            Map.of("skew", Map.of("true", "auto", "false", "never"));

    private SettingNames() {}

    /** All names, for messages and completion. */
    public static List<String> names() {
        return List.copyOf(values(Settings.defaults()).keySet());
    }

    static Settings set(Settings now, String key, String value) {
        Map<String, String> values = values(now);
        String name = name(key, values);
        String text = value.strip();
        String lower = text.toLowerCase(Locale.ROOT);
        values.put(name, WORDS.getOrDefault(name, Map.of()).getOrDefault(lower, text));
        return read(values);
    }

    /** The text of a setting, by any of its names. */
    public static String value(Settings settings, String key) {
        Map<String, String> values = values(settings);
        return values.get(name(key, values));
    }

    private static String name(String key, Map<String, String> values) {
        String lower = key.toLowerCase(Locale.ROOT);
        String name = SYNONYMS.getOrDefault(lower, lower.replace('-', '_'));
        if (!values.containsKey(name)) {
            List<String> known = new ArrayList<>(values.keySet());
            known.addAll(SYNONYMS.keySet());
            String near = Suggestion.hint(key, known);
            throw new QueryException(
                    ErrorCode.SETTING_NOT_FOUND,
                    "no setting '%s'".formatted(key),
                    near != null ? near : "settings are " + String.join(", ", values.keySet()));
        }
        return name;
    }

    static Map<String, String> values(Settings settings) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("batch_rows", Integer.toString(settings.batchRows()));
        values.put("threads", Integer.toString(settings.threads()));
        values.put("memory", bytesText(settings.memory()));
        values.put("split_bytes", bytesText(settings.splitBytes()));
        values.put("shuffle_partitions", Integer.toString(settings.shufflePartitions()));
        values.put("broadcast_bytes", bytesText(settings.broadcastBytes()));
        values.put("partition_bytes", bytesText(settings.partitionBytes()));
        values.put("join_strategy", settings.joinStrategy().name().toLowerCase(Locale.ROOT));
        values.put("adaptive", Boolean.toString(settings.adaptive()));
        values.put("skew", settings.skew().name().toLowerCase(Locale.ROOT));
        values.put("skew_factor", Double.toString(settings.skewFactor()));
        values.put("skew_bytes", bytesText(settings.skewBytes()));
        values.put("spill", settings.spill().name().toLowerCase(Locale.ROOT));
        values.put("max_errors", Long.toString(settings.maxErrors()));
        values.put("temp_directory", settings.tempDirectory());
        values.put("chaos", settings.chaos().toString());
        return values;
    }

    private static Settings read(Map<String, String> values) {
        return new Settings(
                (int) number(values, "batch_rows", 1, 65_536),
                (int) number(values, "threads", 1, 65_536),
                bytes(values, "memory", 1L << 20),
                bytes(values, "split_bytes", 1),
                (int) number(values, "shuffle_partitions", 0, 10_000),
                bytes(values, "broadcast_bytes", 0),
                bytes(values, "partition_bytes", 1),
                choice(values, "join_strategy", Settings.JoinStrategy.class),
                truth(values, "adaptive"),
                choice(values, "skew", Settings.Skew.class),
                factor(values, "skew_factor"),
                bytes(values, "skew_bytes", 0),
                choice(values, "spill", Settings.Spill.class),
                number(values, "max_errors", 0, Long.MAX_VALUE),
                values.get("temp_directory"),
                ChaosText.parse(values.get("chaos")));
    }

    private static long number(Map<String, String> values, String name, long least, long most) {
        String text = values.get(name);
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // said below, with the bounds
        }
        throw invalid(name, text, "a number from %d to %d".formatted(least, most));
    }

    private static boolean truth(Map<String, String> values, String name) {
        String text = values.get(name);
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw invalid(name, text, "true or false");
        }
        return Boolean.parseBoolean(text);
    }

    private static double factor(Map<String, String> values, String name) {
        String text = values.get(name);
        try {
            double factor = Double.parseDouble(text);
            if (factor >= 1 && factor <= 1000) {
                return factor;
            }
        } catch (NumberFormatException notANumber) {
            // said below, with the bounds
        }
        throw invalid(name, text, "a number from 1 to 1000");
    }

    private static <E extends Enum<E>> E choice(
            Map<String, String> values, String name, Class<E> type) {
        String text = values.get(name);
        List<String> choices = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(text)) {
                return constant;
            }
            choices.add(constant.name().toLowerCase(Locale.ROOT));
        }
        throw invalid(name, text, "one of " + String.join(", ", choices));
    }

    private static long bytes(Map<String, String> values, String name, long least) {
        String text = values.get(name);
        String upper = text.toUpperCase(Locale.ROOT).replaceAll("I?B$", "").strip();
        int shift =
                upper.isEmpty() ? 0 : 10 * ("KMGT".indexOf(upper.charAt(upper.length() - 1)) + 1);
        String digits = shift == 0 ? upper : upper.substring(0, upper.length() - 1).strip();
        try {
            double bytes = Double.parseDouble(digits) * (1L << shift);
            if (bytes >= least && bytes <= Long.MAX_VALUE) {
                return (long) bytes;
            }
        } catch (NumberFormatException notANumber) {
            // said below, with an example
        }
        throw invalid(name, text, "a size such as 512MB, at least %d bytes".formatted(least));
    }

    private static String bytesText(long bytes) {
        String units = "KMGT";
        for (int i = 4; i > 0; i--) {
            if (bytes > 0 && bytes % (1L << 10 * i) == 0) {
                return (bytes >> 10 * i) + units.substring(i - 1, i) + "B";
            }
        }
        return bytes + "B";
    }

    private static QueryException invalid(String name, String value, String expected) {
        return new QueryException(
                ErrorCode.INVALID_SETTING,
                "%s cannot be '%s'".formatted(name, value),
                "%s is %s".formatted(name, expected));
    }
}
