package org.skep.executor.format.json;

import java.nio.file.Path;
import org.skep.executor.format.FileWriter;
import org.skep.executor.format.codec.Codec;
import org.skep.executor.format.codec.FileSink;
import org.skep.executor.format.value.TextWriter;
import org.skep.model.data.Batch;
import org.skep.model.type.Schema;

/** Writes one JSON object a line. */
final class JsonWriter implements FileWriter {
    private static final int FLUSH = 64 << 10;

    private final FileSink sink;
    private final byte[][] leads;
    private final TextWriter text = new TextWriter();

    JsonWriter(Path file, Schema schema, Codec codec) {
        leads = new byte[schema.size()][];
        for (int i = 0; i < leads.length; i++) {
            TextWriter lead = new TextWriter();
            lead.put(i == 0 ? '{' : ',');
            lead.jsonString(schema.field(i).name());
            lead.put(':');
            leads[i] = java.util.Arrays.copyOf(lead.bytes(), lead.length());
        }
        sink = new FileSink(file, codec);
    }

    @Override
    public void write(Batch batch) {
        for (int row = 0; row < batch.rows(); row++) {
            if (leads.length == 0) {
                text.put('{');
            }
            for (int i = 0; i < leads.length; i++) {
                text.put(leads[i]);
                text.json(batch.column(i), row);
            }
            text.put('}');
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
