package org.skep.executor.format.csv;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.skep.executor.format.FileWriter;
import org.skep.executor.format.codec.Codec;
import org.skep.executor.format.codec.FileSink;
import org.skep.executor.format.value.TextWriter;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/** Writes CSV: quotes where they are needed, and around empty strings, which are not nulls. */
final class CsvWriter implements FileWriter {
    private static final int FLUSH = 64 << 10;

    private final FileSink sink;
    private final CsvDialect dialect;
    private final TextWriter text = new TextWriter();
    private final boolean[] mayNeedQuotes;
    private final boolean[] special = new boolean[256];

    CsvWriter(Path file, Schema schema, Map<String, String> options, Codec codec) {
        this.dialect = CsvDialect.of(options);
        this.mayNeedQuotes = new boolean[schema.size()];
        for (int i = 0; i < mayNeedQuotes.length; i++) {
            Type.Kind kind = schema.type(i).kind();
            boolean textual =
                    kind == Type.Kind.STRING
                            || kind == Type.Kind.BINARY
                            || schema.type(i).isNested();
            mayNeedQuotes[i] = textual || dialect.nullText() != null || isUnusual();
        }
        special['\n'] = true;
        special['\r'] = true;
        special[dialect.delimiter()[0] & 0xFF] = true;
        if (dialect.quote() >= 0) {
            special[dialect.quote()] = true;
        }
        this.sink = new FileSink(file, codec);
        String header = options.getOrDefault("header", "true");
        if (header.isEmpty() || header.equals("auto") || CsvDialect.isTrue("header", header)) {
            header(schema.names());
        }
    }

    /** Whether the delimiter may occur in a number or a date. */
    private boolean isUnusual() {
        byte first = dialect.delimiter()[0];
        return first >= '+' && first != ',' && first != ';' && first != '|' && first <= 'z';
    }

    private void header(List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            if (i > 0) {
                text.put(dialect.delimiter());
            }
            int start = text.length();
            text.put(names.get(i));
            quoteIfNeeded(start, i == 0);
        }
        text.put('\n');
    }

    @Override
    public void write(Batch batch) {
        for (int row = 0; row < batch.rows(); row++) {
            for (int i = 0; i < batch.width(); i++) {
                if (i > 0) {
                    text.put(dialect.delimiter());
                }
                Column column = batch.column(i);
                if (column.isNull(row)) {
                    nullValue();
                } else {
                    int start = text.length();
                    text.value(column, row);
                    if (mayNeedQuotes[i]) {
                        quoteIfNeeded(start, i == 0);
                    }
                }
            }
            text.put('\n');
            if (text.length() >= FLUSH) {
                flush();
            }
        }
    }

    private void nullValue() {
        if (dialect.nullText() != null) {
            text.put(dialect.nullText());
        }
    }

    private void quoteIfNeeded(int start, boolean first) {
        int quote = dialect.quote();
        if (quote < 0 || !needsQuotes(start, first)) {
            return;
        }
        byte[] plain = Arrays.copyOfRange(text.bytes(), start, text.length());
        text.cut(start);
        text.put(quote);
        for (byte b : plain) {
            if (b == quote || b == dialect.escape()) {
                text.put(dialect.escape());
            }
            text.put(b);
        }
        text.put(quote);
    }

    private boolean needsQuotes(int start, boolean first) {
        byte[] bytes = text.bytes();
        int end = text.length();
        byte[] nullText = dialect.nullText();
        boolean looksNull =
                nullText == null
                        ? start == end
                        : Arrays.equals(bytes, start, end, nullText, 0, nullText.length);
        if (looksNull || start == end || first && bytes[start] == dialect.comment()) {
            return true;
        }
        for (int i = start; i < end; i++) {
            if (special[bytes[i] & 0xFF]) {
                return true;
            }
        }
        return false;
    }

    private void flush() {
        sink.write(text.bytes(), 0, text.length());
        text.cut(0);
    }

    @Override
    public long written() {
        return sink.written();
    }

    @Override
    public long finish() {
        flush();
        return sink.finish();
    }

    @Override
    public void close() {
        sink.close();
    }
}
