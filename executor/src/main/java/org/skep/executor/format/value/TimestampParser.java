package org.skep.executor.format.value;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import org.skep.model.data.Bits;
import org.skep.model.data.LongColumn;
import org.skep.model.type.Type;

/** TIMESTAMP, in ISO 8601, SQL's form or the user's pattern. */
final class TimestampParser extends ValueParser {
    private final DateTimes times = new DateTimes();
    private final DateTimeFormatter pattern;

    TimestampParser(TextFormats formats) {
        super(Type.TIMESTAMP);
        pattern = formats.timestamp();
    }

    @Override
    public LongColumn parse(
            byte[] data, int[] starts, int[] lengths, long[] validity, int rows, BadValues bad) {
        long[] values = new long[rows];
        for (int i = 0; i < rows; i++) {
            if (validity == null || Bits.get(validity, i)) {
                values[i] =
                        pattern == null
                                ? times.timestamp(data, starts[i], lengths[i])
                                : byPattern(data, starts[i], lengths[i]);
                if (times.failed) {
                    bad.add(i);
                }
            }
        }
        return new LongColumn(type(), values, rows, validity);
    }

    private long byPattern(byte[] data, int start, int length) {
        times.failed = false;
        try {
            String text = new String(data, start, length, StandardCharsets.UTF_8).strip();
            TemporalAccessor parsed =
                    pattern.parseBest(
                            text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            LocalDateTime time =
                    parsed instanceof OffsetDateTime zoned
                            ? zoned.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
                            : parsed instanceof LocalDate date
                                    ? date.atStartOfDay()
                                    : (LocalDateTime) parsed;
            return Math.addExact(
                    Math.multiplyExact(time.toEpochSecond(ZoneOffset.UTC), 1_000_000L),
                    time.getNano() / 1000);
        } catch (DateTimeException | ArithmeticException notATime) {
            times.failed = true;
            return 0;
        }
    }
}
