package org.skep.executor.format.value;

import org.skep.model.data.Bits;
import org.skep.model.data.LongColumn;
import org.skep.model.type.Type;

/** TIMESTAMP from {@code dd/Mon/yyyy:HH:mm:ss +hhmm}, the zone turned to UTC. */
final class LogTimeParser extends ValueParser {
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    private boolean failed;

    LogTimeParser() {
        super(Type.TIMESTAMP);
    }

    @Override
    public LongColumn parse(
            byte[] data, int[] starts, int[] lengths, long[] validity, int rows, BadValues bad) {
        long[] values = new long[rows];
        for (int i = 0; i < rows; i++) {
            if (validity == null || Bits.get(validity, i)) {
                values[i] = time(data, starts[i], lengths[i]);
                if (failed) {
                    bad.add(i);
                }
            }
        }
        return new LongColumn(type(), values, rows, validity);
    }

    private long time(byte[] data, int at, int length) {
        failed = length != 20 && length != 26;
        if (failed) {
            return 0;
        }
        int day = two(data, at);
        int month = month(data, at + 3);
        int year = two(data, at + 7) * 100 + two(data, at + 9);
        int hour = two(data, at + 12);
        int minute = two(data, at + 15);
        int second = two(data, at + 18);
        failed |=
                data[at + 2] != '/'
                        || data[at + 6] != '/'
                        || data[at + 11] != ':'
                        || data[at + 14] != ':'
                        || data[at + 17] != ':'
                        || hour > 23
                        || minute > 59
                        || second > 60
                        || month == 0
                        || day == 0
                        || day > DateTimes.daysIn(year, month);
        long offset = length == 26 ? offset(data, at + 20) : 0;
        if (failed) {
            return 0;
        }
        long days = DateTimes.days(year, month, day);
        long seconds = hour * 3600L + minute * 60L + second - offset;
        return days * DateTimes.MICROS_PER_DAY + seconds * 1_000_000;
    }

    private long offset(byte[] data, int at) {
        int sign = data[at + 1] == '-' ? -1 : 1;
        failed |= data[at] != ' ' || data[at + 1] != '-' && data[at + 1] != '+';
        return sign * (two(data, at + 2) * 3600L + two(data, at + 4) * 60L);
    }

    private int two(byte[] data, int at) {
        int high = data[at] - '0';
        int low = data[at + 1] - '0';
        failed |= high < 0 || high > 9 || low < 0 || low > 9;
        return high * 10 + low;
    }

    private static int month(byte[] data, int at) {
        for (int i = 0; i < 12; i++) {
            if (data[at] == MONTHS.charAt(3 * i)
                    && data[at + 1] == MONTHS.charAt(3 * i + 1)
                    && data[at + 2] == MONTHS.charAt(3 * i + 2)) {
                return i + 1;
            }
        }
        return 0;
    }
}
