package org.skep.jdbc;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Column;
import org.skep.model.data.DecimalColumn;
import org.skep.model.data.DoubleColumn;
import org.skep.model.data.Int128;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.type.Type;

/** Booleans, numbers and text: what can be read as each other. */
final class ScalarCells {
    private static final BigDecimal MIN_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

    private ScalarCells() {}

    static long toLong(BigDecimal value) throws SQLException {
        BigDecimal whole = value.setScale(0, RoundingMode.DOWN);
        if (whole.compareTo(MIN_LONG) < 0 || whole.compareTo(MAX_LONG) > 0) {
            throw Failures.overflow(value, "a long");
        }
        return whole.longValue();
    }

    /** BOOLEAN, and NULL. */
    static final class Booleans extends Cell {
        private byte[] values;

        Booleans(Type type) {
            super(type);
        }

        @Override
        void take(Column flat) {
            values = ((BooleanColumn) flat).values();
        }

        @Override
        Object object(int place) {
            return values[place] != 0;
        }

        @Override
        String text(int place) {
            return values[place] != 0 ? "true" : "false";
        }

        @Override
        boolean bool(int place) {
            return values[place] != 0;
        }

        @Override
        long integer(int place) {
            return values[place];
        }

        @Override
        double floating(int place) {
            return values[place];
        }

        @Override
        BigDecimal decimal(int place) {
            return BigDecimal.valueOf(values[place]);
        }
    }

    /** TINYINT, SMALLINT and INTEGER. */
    static final class Ints extends Cell {
        private int[] values;

        Ints(Type type) {
            super(type);
        }

        @Override
        void take(Column flat) {
            values = ((IntColumn) flat).values();
        }

        @Override
        Object object(int place) {
            return values[place];
        }

        @Override
        String text(int place) {
            return Integer.toString(values[place]);
        }

        @Override
        boolean bool(int place) {
            return values[place] != 0;
        }

        @Override
        long integer(int place) {
            return values[place];
        }

        @Override
        double floating(int place) {
            return values[place];
        }

        @Override
        BigDecimal decimal(int place) {
            return BigDecimal.valueOf(values[place]);
        }
    }

    static final class Longs extends Cell {
        private long[] values;

        Longs(Type type) {
            super(type);
        }

        @Override
        void take(Column flat) {
            values = ((LongColumn) flat).values();
        }

        @Override
        Object object(int place) {
            return values[place];
        }

        @Override
        String text(int place) {
            return Long.toString(values[place]);
        }

        @Override
        boolean bool(int place) {
            return values[place] != 0;
        }

        @Override
        long integer(int place) {
            return values[place];
        }

        @Override
        double floating(int place) {
            return values[place];
        }

        @Override
        BigDecimal decimal(int place) {
            return BigDecimal.valueOf(values[place]);
        }
    }

    /** FLOAT and DOUBLE. */
    static final class Doubles extends Cell {
        private double[] values;

        Doubles(Type type) {
            super(type);
        }

        @Override
        void take(Column flat) {
            values = ((DoubleColumn) flat).values();
        }

        @Override
        Object object(int place) {
            double value = values[place];
            if (type.kind() == Type.Kind.FLOAT) {
                return (float) value;
            }
            return value;
        }

        @Override
        boolean bool(int place) {
            return values[place] != 0;
        }

        @Override
        long integer(int place) throws SQLException {
            double value = values[place];
            if (!(value >= -0x1p63 && value < 0x1p63)) {
                throw Failures.overflow(value, "a long");
            }
            return (long) value;
        }

        @Override
        double floating(int place) {
            return values[place];
        }

        @Override
        BigDecimal decimal(int place) throws SQLException {
            if (!Double.isFinite(values[place])) {
                throw Failures.overflow(values[place], "a decimal number");
            }
            return new BigDecimal(text(place));
        }
    }

    /** DECIMAL of either layout. */
    static final class Decimals extends Cell {
        private long[] highs;
        private long[] lows;

        Decimals(Type type) {
            super(type);
        }

        @Override
        void take(Column flat) {
            if (flat instanceof LongColumn longs) {
                highs = null;
                lows = longs.values();
            } else {
                DecimalColumn decimals = (DecimalColumn) flat;
                highs = decimals.highs();
                lows = decimals.lows();
            }
        }

        @Override
        BigDecimal decimal(int place) {
            return highs == null
                    ? BigDecimal.valueOf(lows[place], type.scale())
                    : new BigDecimal(Int128.toBigInteger(highs[place], lows[place]), type.scale());
        }

        @Override
        Object object(int place) {
            return decimal(place);
        }

        @Override
        boolean bool(int place) {
            return decimal(place).signum() != 0;
        }

        @Override
        long integer(int place) throws SQLException {
            return toLong(decimal(place));
        }

        @Override
        double floating(int place) {
            return decimal(place).doubleValue();
        }
    }

    static final class Texts extends Cell {
        private BytesColumn values;

        Texts(Type type) {
            super(type);
        }

        @Override
        void take(Column flat) {
            values = (BytesColumn) flat;
        }

        @Override
        Object object(int place) {
            return values.string(place);
        }

        @Override
        String text(int place) {
            return values.string(place);
        }

        @Override
        byte[] bytes(int place) {
            return values.copyOf(place);
        }

        @Override
        boolean bool(int place) throws SQLException {
            String text = text(place).strip().toLowerCase(Locale.ROOT);
            return switch (text) {
                case "true", "t", "yes", "y", "1" -> true;
                case "false", "f", "no", "n", "0" -> false;
                default -> throw Failures.badValue(text, "a boolean");
            };
        }

        @Override
        BigDecimal decimal(int place) throws SQLException {
            String text = text(place).strip();
            try {
                return new BigDecimal(text);
            } catch (NumberFormatException e) {
                throw Failures.badValue(text, "a number");
            }
        }

        @Override
        long integer(int place) throws SQLException {
            return toLong(decimal(place));
        }

        @Override
        double floating(int place) throws SQLException {
            String text = text(place).strip();
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException e) {
                throw Failures.badValue(text, "a number");
            }
        }

        @Override
        LocalDate date(int place) throws SQLException {
            return timestamp(place).toLocalDate();
        }

        @Override
        LocalDateTime timestamp(int place) throws SQLException {
            String text = text(place).strip();
            try {
                return text.length() <= 10
                        ? LocalDate.parse(text).atStartOfDay()
                        : LocalDateTime.parse(text.replace(' ', 'T'));
            } catch (DateTimeParseException e) {
                throw Failures.badValue(text, "a date or timestamp");
            }
        }
    }
}
