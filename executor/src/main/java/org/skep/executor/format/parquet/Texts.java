package org.skep.executor.format.parquet;

import java.nio.charset.StandardCharsets;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.type.Type;

/** Parquet values for which we have no type, as texts. */
final class Texts {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private Texts() {}

    static Column uuids(Values values, int rows, long[] validity) {
        ColumnBuilder out = ColumnBuilder.of(Type.STRING, rows);
        byte[] text = new byte[36];
        for (int row = 0; row < rows; row++) {
            if (!Conversion.present(validity, row)) {
                out.appendNull();
                continue;
            }
            int start = values.starts[row];
            int at = 0;
            for (int i = 0; i < 16; i++) {
                if (i == 4 || i == 6 || i == 8 || i == 10) {
                    text[at++] = '-';
                }
                text[at++] = HEX[values.data[start + i] >> 4 & 15];
                text[at++] = HEX[values.data[start + i] & 15];
            }
            out.appendBytes(text, 0, 36);
        }
        return out.build();
    }

    /** {@code P1M2DT3.004S}. */
    static Column intervals(Values values, int rows, long[] validity) {
        ColumnBuilder out = ColumnBuilder.of(Type.STRING, rows);
        for (int row = 0; row < rows; row++) {
            if (Conversion.present(validity, row)) {
                int at = values.starts[row];
                long months = Conversion.littleEndian(values.data, at, 4);
                long days = Conversion.littleEndian(values.data, at + 4, 4);
                long millis = Conversion.littleEndian(values.data, at + 8, 4);
                out.appendString(
                        "P%dM%dDT%d.%03dS".formatted(months, days, millis / 1000, millis % 1000));
            } else {
                out.appendNull();
            }
        }
        return out.build();
    }
}
