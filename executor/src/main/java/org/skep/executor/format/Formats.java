package org.skep.executor.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.skep.executor.format.codec.ByteSource;
import org.skep.executor.format.codec.Codec;
import org.skep.executor.format.codec.StoredFile;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.error.Suggestion;
import org.skep.model.file.FileSource;

/**
 * The formats that there are. The list itself is the service file {@code
 * META-INF/services/org.skep.executor.format.FileFormat}, one line a format, so that this package
 * need not know those below it.
 */
public final class Formats {
    private static final List<FileFormat> ALL =
            ServiceLoader.load(FileFormat.class, Formats.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();

    /** Other names for a format, and what they say about its options. */
    private static final Map<String, Alias> ALIASES =
            Map.of(
                    "tsv", new Alias("csv", Map.of("delimiter", "\t")),
                    "jsonl", new Alias("json", Map.of()),
                    "ndjson", new Alias("json", Map.of()),
                    "textfile", new Alias("text", Map.of()),
                    "txt", new Alias("text", Map.of()),
                    "httpd", new Alias("log", Map.of()),
                    "clf", new Alias("log", Map.of()),
                    "common", new Alias("log", Map.of("format", "common")),
                    "combined", new Alias("log", Map.of("format", "combined")));

    private record Alias(String format, Map<String, String> options) {}

    private Formats() {}

    public static List<FileFormat> all() {
        return ALL;
    }

    /** The names of all formats, without aliases. */
    public static List<String> names() {
        return ALL.stream().map(FileFormat::name).toList();
    }

    /** Every name that {@link #named} knows. */
    public static List<String> allNames() {
        List<String> all = new ArrayList<>(names());
        all.addAll(ALIASES.keySet());
        return all;
    }

    /** The names of the formats that can be written. */
    public static List<String> writableNames() {
        return ALL.stream().filter(WritableFormat.class::isInstance).map(FileFormat::name).toList();
    }

    /** The format of this name or alias, in any case. */
    public static FileFormat named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        Alias alias = ALIASES.get(lower);
        String own = alias == null ? lower : alias.format();
        for (FileFormat format : ALL) {
            if (format.name().equals(own)) {
                return format;
            }
        }
        String near = Suggestion.hint(name, allNames());
        throw new QueryException(
                ErrorCode.INVALID_ARGUMENT,
                "no format '%s'".formatted(name),
                near != null ? near : "formats are " + String.join(", ", names()));
    }

    /** The format of this name that can be written. */
    public static WritableFormat writable(String name) {
        if (named(name) instanceof WritableFormat format) {
            return format;
        }
        throw new QueryException(
                ErrorCode.NOT_SUPPORTED,
                "format '%s' cannot be written".formatted(name),
                "formats that can be are " + String.join(", ", writableNames()));
    }

    /** The options for writing under a name: those that an alias stands for added. */
    public static Map<String, String> options(String name, Map<String, String> options) {
        Alias alias = name == null ? null : ALIASES.get(name.toLowerCase(Locale.ROOT));
        if (alias == null || alias.options().isEmpty()) {
            return options;
        }
        Map<String, String> all = new HashMap<>(alias.options());
        all.putAll(options);
        return all;
    }

    /** The source with its format's own name, found from its first file when none was given. */
    static FileSource resolve(FileSource source, String firstPath) {
        String name = source.format() == null ? sniff(firstPath) : source.format();
        requireKnown(source.options().keySet(), named(name));
        return new FileSource(
                named(name).name(),
                source.paths(),
                options(name, source.options()),
                source.declared(),
                source.partitionColumns());
    }

    /** Options that other systems have and that change nothing here. */
    private static final Set<String> WITHOUT_EFFECT =
            Set.of(
                    "inferschema",
                    "multiline",
                    "auto_detect",
                    "hive_partitioning",
                    "serialization.format");

    private static void requireKnown(Set<String> options, FileFormat format) {
        for (String option : new TreeSet<>(options)) {
            if (!format.options().contains(option) && !WITHOUT_EFFECT.contains(option)) {
                String near = Suggestion.hint(option, format.options());
                throw new QueryException(
                        ErrorCode.INVALID_ARGUMENT,
                        "format %s has no option '%s'".formatted(format.name(), option),
                        near != null
                                ? near
                                : "options are "
                                        + String.join(", ", new TreeSet<>(format.options())));
            }
        }
    }

    /** The name or alias that fits a file: by its ending, else by how its text begins. */
    private static String sniff(String path) {
        String plain = Codec.withoutEnding(path).toLowerCase(Locale.ROOT);
        String ending = plain.substring(plain.lastIndexOf('.') + 1);
        if (plain.endsWith(".tsv") || plain.endsWith(".tab")) {
            return "tsv";
        }
        byte[] head = new byte[4096];
        int count;
        try (ByteSource text = StoredFile.open(path)) {
            count = text.read(head, 0, head.length);
        }
        if (count >= 4 && head[0] == 'P' && head[1] == 'A' && head[2] == 'R' && head[3] == '1') {
            return "parquet";
        }
        for (FileFormat format : ALL) {
            if (format.extensions().contains(ending)) {
                return format.name();
            }
        }
        return sniff(path, head, count);
    }

    private static String sniff(String path, byte[] head, int count) {
        int zeros = 0;
        int at = 0;
        while (at < count && head[at] <= ' ' && head[at] > 0) {
            at++;
        }
        for (int i = 0; i < count; i++) {
            zeros += head[i] == 0 ? 1 : 0;
        }
        if (zeros > 0 && zeros < count / 3) {
            throw new QueryException(
                    ErrorCode.INVALID_ARGUMENT,
                    "cannot tell the format of '%s'".formatted(path),
                    "name it, for example read_csv('…') or csv.`…`; formats are "
                            + String.join(", ", names()));
        }
        if (at < count && (head[at] == '{' || head[at] == '[')) {
            return "json";
        }
        String text = new String(head, 0, count, java.nio.charset.StandardCharsets.UTF_8);
        String line = text.lines().findFirst().orElse("");
        boolean separated =
                line.indexOf(',') >= 0 || line.indexOf('\t') >= 0 || line.indexOf(';') >= 0;
        if (line.matches("\\S+ \\S+ .*\\[[^\\]]+\\] \".*")) {
            return "log";
        }
        return separated || line.indexOf('|') >= 0 ? "csv" : "text";
    }

    /** Options under their main names; of two spellings of one option the main one wins. */
    public static Map<String, String> renamed(
            Map<String, String> options, Map<String, String> synonyms) {
        Map<String, String> all = new LinkedHashMap<>();
        options.forEach((key, value) -> all.putIfAbsent(synonyms.getOrDefault(key, key), value));
        options.forEach(all::put);
        synonyms.keySet().forEach(all::remove);
        return all;
    }
}
