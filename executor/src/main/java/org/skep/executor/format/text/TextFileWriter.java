package org.skep.executor.format.text;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.skep.executor.format.FileWriter;
import org.skep.executor.format.codec.Codec;
import org.skep.executor.format.codec.FileSink;
import org.skep.executor.format.value.Delimiters;
import org.skep.executor.format.value.TextWriter;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.type.Schema;

/** Writes rows as lines: the columns' texts with a delimiter between them, nothing quoted. */
final class TextFileWriter implements FileWriter {
    private static final int FLUSH = 64 << 10;

    private final FileSink sink;
    private final byte[] delimiter;
    private final byte[] nullText;
    private final TextWriter text = new TextWriter();

    TextFileWriter(Path file, Schema schema, Map<String, String> options, Codec codec) {
        delimiter =
                Delimiters.unescaped(options.getOrDefault("delimiter", "\t"))
                        .getBytes(StandardCharsets.UTF_8);
        nullText = options.getOrDefault("null_value", "").getBytes(StandardCharsets.UTF_8);
        if (Boolean.parseBoolean(options.getOrDefault("header", "false"))) {
            text.put(String.join(new String(delimiter, StandardCharsets.UTF_8), schema.names()));
            text.put('\n');
        }
        sink = new FileSink(file, codec);
    }

    @Override
    public void write(Batch batch) {
        for (int row = 0; row < batch.rows(); row++) {
            for (int i = 0; i < batch.width(); i++) {
                if (i > 0) {
                    text.put(delimiter);
                }
                Column column = batch.column(i);
                if (column.isNull(row)) {
                    text.put(nullText);
                } else {
                    text.value(column, row);
                }
            }
            text.put('\n');
            if (text.length() >= FLUSH) {
                flush();
            }
        }
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
