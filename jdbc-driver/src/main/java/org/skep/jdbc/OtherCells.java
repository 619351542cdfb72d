package org.skep.jdbc;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Column;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.type.Type;

/** Binary values, dates and times, and nested values. */
final class OtherCells {
    private OtherCells() {}

    static final class Binaries extends Cell {
        private BytesColumn values;

        Binaries(Type type) {
            super(type);
        }

        @Override
        void take(Column flat) {
            values = (BytesColumn) flat;
        }

        @Override
        Object object(int place) {
            return values.copyOf(place);
        }

        @Override
        String text(int place) {
            return ValueText.binary(values.copyOf(place));
        }

        @Override
        byte[] bytes(int place) {
            return values.copyOf(place);
        }
    }

    static final class Dates extends Cell {
        private int[] values;

        Dates(Type type) {
            super(type);
        }

        @Override
        void take(Column flat) {
            values = ((IntColumn) flat).values();
        }

        @Override
        Object object(int place) {
            return Date.valueOf(date(place));
        }

        @Override
        LocalDate date(int place) {
            return LocalDate.ofEpochDay(values[place]);
        }

        @Override
        LocalDateTime timestamp(int place) {
            return date(place).atStartOfDay();
        }
    }

    static final class Timestamps extends Cell {
        private long[] values;

        Timestamps(Type type) {
            super(type);
        }

        @Override
        void take(Column flat) {
            values = ((LongColumn) flat).values();
        }

        @Override
        Object object(int place) {
            return Timestamp.valueOf(timestamp(place));
        }

        @Override
        LocalDate date(int place) {
            return timestamp(place).toLocalDate();
        }

        @Override
        LocalDateTime timestamp(int place) {
            return ValueText.dateTime(values[place]);
        }
    }

    /** Year-month intervals as {@link Period}, day-time intervals as {@link Duration}. */
    static final class Intervals extends Cell {
        private Column values;

        Intervals(Type type) {
            super(type);
        }

        @Override
        void take(Column flat) {
            values = flat;
        }

        @Override
        Object object(int place) {
            return values instanceof IntColumn months
                    ? Period.ofMonths(months.values()[place]).normalized()
                    : Duration.of(((LongColumn) values).values()[place], ChronoUnit.MICROS);
        }
    }

    /** Arrays as {@link java.sql.Array}, structs as {@link java.sql.Struct}, maps as maps. */
    static final class Nested extends Cell {
        private Column values;

        Nested(Type type) {
            super(type);
        }

        @Override
        void take(Column flat) {
            values = flat;
        }

        @Override
        Object object(int place) {
            return NestedValues.of(type, values.value(place));
        }
    }
}
