package org.skep.executor.format.csv;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.skep.executor.format.FileFormat.Inspected;
import org.skep.executor.format.lines.LineEnds;
import org.skep.executor.format.value.SingleValue;
import org.skep.executor.format.value.TextFormats;
import org.skep.executor.format.value.TypeGuess;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.file.DataFile;
import org.skep.model.file.FileSource;
import org.skep.model.file.TableStatistics;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/** Guesses what the options leave open: delimiter, header, names and types of columns. */
final class CsvSniffer {
    private static final String[] DELIMITERS = {",", ";", "\t", "|"};
    private static final int DIALECT_RECORDS = 300;
    private static final int SAMPLED_FILES = 10;
    private static final int LONGEST_NAME = 64;

    private final FileSource source;
    private final List<DataFile> files;
    private final Map<String, String> options;
    private final TextFormats formats;
    private Schema declared;
    private CsvDialect dialect;
    private boolean trailingDelimiter;

    CsvSniffer(FileSource source, List<DataFile> files) {
        this.source = source;
        this.files = files;
        this.options = CsvDialect.normal(source.options());
        this.formats = TextFormats.of(options);
        this.declared = source.declared();
        if (declared == null && options.containsKey("columns")) {
            declared = Schema.parse(options.get("columns"));
        }
    }

    Inspected inspect() {
        DataFile first = files.stream().filter(f -> f.bytes() > 0).findFirst().orElse(null);
        if (first == null) {
            return empty();
        }
        CsvSample sample = CsvSample.of(first, options);
        byte[] head = sample.head();
        boolean carriageReturns =
                LineEnds.find(head, 0, head.length, (byte) '\n') < 0
                        && LineEnds.find(head, 0, head.length, (byte) '\r') >= 0;
        if (carriageReturns && !options.containsKey("newline")) {
            options.put("newline", "\r");
        }
        dialect = CsvDialect.of(options);
        int start = start(head);
        String delimiter = options.get("delimiter");
        if (delimiter == null || delimiter.equalsIgnoreCase("auto")) {
            options.put("delimiter", delimiter(sample, start));
            dialect = CsvDialect.of(options);
        }
        List<List<String>> records = head(sample, start);
        if (records.isEmpty()) {
            return empty();
        }
        String header = options.get("header");
        boolean hasHeader =
                header == null || header.equalsIgnoreCase("auto")
                        ? hasHeader(records)
                        : CsvDialect.isTrue("header", header.isEmpty() ? "true" : header);
        options.put("header", Boolean.toString(hasHeader));
        if (declared != null) {
            return inspected(declared);
        }
        return inspected(guess(sample, records, hasHeader));
    }

    private Inspected inspected(Schema schema) {
        FileSource known =
                new FileSource(
                        source.format(),
                        source.paths(),
                        options,
                        declared,
                        source.partitionColumns());
        return new Inspected(schema, known, TableStatistics.UNKNOWN);
    }

    private Inspected empty() {
        if (declared == null) {
            throw new QueryException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'%s' is empty: it has no columns".formatted(files.get(0).path()),
                    "name its columns with option columns, such as 'id BIGINT, name STRING'");
        }
        options.putIfAbsent("delimiter", ",");
        options.putIfAbsent("header", "false");
        return inspected(declared);
    }

    private List<List<String>> head(CsvSample sample, int start) {
        long rows = CsvDialect.number(options, "sample_size", 0);
        return rows == 0
                ? sample.headRecords(start, dialect)
                : sample.headRecords(
                        start,
                        dialect,
                        rows < 0 ? Integer.MAX_VALUE : (int) Math.min(rows + 1, 1 << 30));
    }

    /** Where the records begin: behind the lines to skip. */
    private int start(byte[] head) {
        int from = 0;
        for (long i = CsvDialect.number(options, "skip", 0); i > 0; i--) {
            int end = LineEnds.find(head, from, head.length, dialect.lineEnd());
            from = end < 0 ? head.length : end + 1;
        }
        return from;
    }

    /** The delimiter that cuts most records into the same number of fields, of more than one. */
    private String delimiter(CsvSample sample, int start) {
        String best = ",";
        double bestScore = 0;
        for (String candidate : DELIMITERS) {
            List<List<String>> records =
                    sample.headRecords(start, dialect.withDelimiter(candidate), DIALECT_RECORDS);
            Map<Integer, Integer> counts = new HashMap<>();
            records.forEach(record -> counts.merge(record.size(), 1, Integer::sum));
            int width = 0;
            for (Map.Entry<Integer, Integer> count : counts.entrySet()) {
                if (width == 0 || count.getValue() > counts.get(width)) {
                    width = count.getKey();
                }
            }
            if (width < 2) {
                continue;
            }
            double share = counts.get(width) / (double) records.size();
            double score = share * share * width;
            if (records.get(0).size() != width) {
                score /= 2; // a header has as many fields as the rest
            }
            if (declared != null && declared.size() == width) {
                score *= 1000;
            }
            if (score > bestScore) {
                best = candidate;
                bestScore = score;
            }
        }
        return best;
    }

    /**
     * A first record is a header when it does not fit the types of the rest; where all is text,
     * when its fields look like names and are not seen again below.
     */
    private boolean hasHeader(List<List<String>> records) {
        List<String> first = records.get(0);
        List<List<String>> rest = records.subList(1, records.size());
        if (declared != null) {
            return isDeclaredHeader(first, rest);
        }
        Type[] types = types(rest, first.size());
        boolean anyTyped = false;
        boolean misfits = false;
        for (int i = 0; i < first.size(); i++) {
            String text = first.get(i);
            if (types[i].kind() != Type.Kind.STRING) {
                anyTyped = true;
                misfits |= text != null && !fits(types[i], text);
            }
        }
        if (anyTyped) {
            return misfits;
        }
        return areNames(first) && rest.stream().noneMatch(record -> repeats(first, record));
    }

    private boolean isDeclaredHeader(List<String> first, List<List<String>> rest) {
        boolean named = first.size() == declared.size();
        boolean misfits = false;
        boolean restFits = !rest.isEmpty();
        for (int i = 0; i < Math.min(first.size(), declared.size()); i++) {
            Field field = declared.field(i);
            String text = first.get(i);
            named &= text != null && text.strip().equalsIgnoreCase(field.name());
            if (field.type().kind() != Type.Kind.STRING) {
                misfits |= text != null && !fits(field.type(), text);
                String second =
                        rest.isEmpty() || i >= rest.get(0).size() ? null : rest.get(0).get(i);
                restFits &= second == null || fits(field.type(), second);
            }
        }
        return named || misfits && restFits && areNames(first);
    }

    private boolean fits(Type type, String text) {
        return new SingleValue(type, formats).parse(text) != null;
    }

    private static boolean repeats(List<String> first, List<String> record) {
        for (int i = 0; i < Math.min(first.size(), record.size()); i++) {
            if (first.get(i).equals(record.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean areNames(List<String> fields) {
        Set<String> seen = new HashSet<>();
        for (String field : fields) {
            String name = field == null ? "" : field.strip();
            boolean plain =
                    !name.isEmpty()
                            && name.length() <= LONGEST_NAME
                            && (Character.isLetter(name.charAt(0)) || name.charAt(0) == '_')
                            && name.chars().noneMatch(c -> c == '@' || c == '\n' || c == '=');
            if (!plain || !seen.add(name.toLowerCase(Locale.ROOT))) {
                return false;
            }
        }
        return true;
    }

    private Type[] types(List<List<String>> records, int width) {
        Type[] types = new Type[width];
        for (int i = 0; i < width; i++) {
            TypeGuess guess = new TypeGuess(formats);
            for (List<String> record : records) {
                if (record.size() == width) {
                    guess.add(record.get(i));
                }
            }
            types[i] = guess.type();
        }
        return types;
    }

    private Schema guess(CsvSample sample, List<List<String>> records, boolean hasHeader) {
        Map<String, TypeGuess> guesses = new LinkedHashMap<>();
        int width = records.get(0).size();
        List<String> names = names(records, hasHeader);
        List<List<String>> rows = records.subList(hasHeader ? 1 : 0, records.size());
        add(guesses, names, rows);
        add(guesses, names, sample.laterRecords(dialect, width));
        List<List<String>> headers = new ArrayList<>();
        headers.add(names);
        int step = Math.max(1, files.size() / SAMPLED_FILES);
        for (int i = 0; i < files.size(); i++) {
            DataFile file = files.get(i);
            if (file.bytes() > 0 && i % step == 0) {
                headers.add(addFile(file, guesses, names, hasHeader));
            } else if (file.bytes() > 0 && hasHeader) {
                headers.add(CsvLayout.header(file.path(), options, dialect));
            }
        }
        headers.removeIf(List::isEmpty);
        for (List<String> header : headers) {
            add(guesses, header, List.of());
        }
        if (hasHeader && headers.stream().anyMatch(header -> !header.equals(names))) {
            options.put(CsvLayout.BY_NAME, "true");
        }
        boolean text = CsvDialect.flag(options, "all_varchar");
        List<Field> fields = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        guesses.forEach(
                (name, guess) -> {
                    if (taken.add(name.toLowerCase(Locale.ROOT))) {
                        fields.add(new Field(name, text ? Type.STRING : guess.type()));
                    }
                });
        return new Schema(fields);
    }

    /** Names from the header, or made up; a delimiter that ends every record starts no column. */
    private List<String> names(List<List<String>> records, boolean hasHeader) {
        List<String> first = records.get(0);
        int width = first.size();
        trailingDelimiter =
                !hasHeader
                        && width > 2
                        && records.stream()
                                .allMatch(r -> r.size() == width && r.get(width - 1) == null);
        if (hasHeader) {
            return CsvLayout.names(first);
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < width - (trailingDelimiter ? 1 : 0); i++) {
            names.add("column" + i);
        }
        return names;
    }

    private List<String> addFile(
            DataFile file, Map<String, TypeGuess> guesses, List<String> names, boolean hasHeader) {
        CsvSample sample = CsvSample.of(file, options);
        List<List<String>> records = head(sample, start(sample.head()));
        if (records.isEmpty()) {
            return List.of();
        }
        List<String> own = hasHeader ? CsvLayout.names(records.get(0)) : names;
        add(guesses, own, records.subList(hasHeader ? 1 : 0, records.size()));
        add(guesses, own, sample.laterRecords(dialect, records.get(0).size()));
        return own;
    }

    private void add(
            Map<String, TypeGuess> guesses, List<String> names, List<List<String>> records) {
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            String known =
                    guesses.keySet().stream()
                            .filter(name::equalsIgnoreCase)
                            .findFirst()
                            .orElse(name);
            TypeGuess guess = guesses.computeIfAbsent(known, k -> new TypeGuess(formats));
            for (List<String> record : records) {
                boolean complete = record.size() - (trailingDelimiter ? 1 : 0) == names.size();
                if (complete) {
                    guess.add(record.get(i));
                }
            }
        }
    }
}
