package org.skep.executor.format.value;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import org.skep.model.data.Bits;
import org.skep.model.data.IntColumn;
import org.skep.model.type.Type;

/** DATE, in ISO 8601 or the user's pattern. */
final class DateParser extends ValueParser {
    private final DateTimes times = new DateTimes();
    private final DateTimeFormatter pattern;

    DateParser(TextFormats formats) {
        super(Type.DATE);
        pattern = formats.date();
    }

    @Override
    public IntColumn parse(
            byte[] data, int[] starts, int[] lengths, long[] validity, int rows, BadValues bad) {
        int[] values = new int[rows];
        for (int i = 0; i < rows; i++) {
            if (validity == null || Bits.get(validity, i)) {
                values[i] =
                        pattern == null
                                ? times.date(data, starts[i], lengths[i])
                                : byPattern(data, starts[i], lengths[i]);
                if (times.failed) {
                    bad.add(i);
                }
            }
        }
        return new IntColumn(type(), values, rows, validity);
    }

    private int byPattern(byte[] data, int start, int length) {
        times.failed = false;
        try {
            String text = new String(data, start, length, StandardCharsets.UTF_8);
            return Math.toIntExact(LocalDate.parse(text.strip(), pattern).toEpochDay());
        } catch (DateTimeException | ArithmeticException notADate) {
            times.failed = true;
            return 0;
        }
    }
}
