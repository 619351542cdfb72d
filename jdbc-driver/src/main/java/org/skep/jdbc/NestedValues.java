package org.skep.jdbc;

import java.sql.Array;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skep.model.data.Batch;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/** The values inside nested ones, as {@code getObject} would give them. */
final class NestedValues {
    private NestedValues() {}

    /** From the boxed form of {@code Column.value}; null for null. */
    static Object of(Type type, Object value) {
        if (value == null) {
            return null;
        }
        return switch (type.kind()) {
            case NULL,
                    BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    DOUBLE,
                    DECIMAL,
                    STRING,
                    BINARY ->
                    value;
            case FLOAT -> ((Double) value).floatValue();
            case DATE -> Date.valueOf(LocalDate.ofEpochDay((Integer) value));
            case TIMESTAMP -> Timestamp.valueOf(ValueText.dateTime((Long) value));
            case INTERVAL_MONTH -> Period.ofMonths((Integer) value).normalized();
            case INTERVAL_DAY -> Duration.of((Long) value, ChronoUnit.MICROS);
            case ARRAY -> new Elements(type, (List<?>) value);
            case MAP -> map(type, (Map<?, ?>) value);
            case STRUCT -> new Members(type, (List<?>) value);
        };
    }

    private static Map<Object, Object> map(Type type, Map<?, ?> entries) {
        Type key = type.children().get(0).type();
        Type value = type.children().get(1).type();
        Map<Object, Object> map = new LinkedHashMap<>();
        entries.forEach((k, v) -> map.put(of(key, k), of(value, v)));
        return Collections.unmodifiableMap(map);
    }

    private static Object[] all(List<Type> types, List<?> values) {
        Object[] out = new Object[values.size()];
        Arrays.setAll(out, i -> of(types.get(Math.min(i, types.size() - 1)), values.get(i)));
        return out;
    }

    /** An ARRAY's value; it holds nothing that must be freed. */
    private record Elements(Type type, List<?> values) implements Array {
        @Override
        public String getBaseTypeName() {
            return type.element().toString();
        }

        @Override
        public int getBaseType() {
            return JdbcTypes.code(type.element());
        }

        @Override
        public Object[] getArray() {
            return all(List.of(type.element()), values);
        }

        @Override
        public Object[] getArray(Map<String, Class<?>> types) {
            return getArray();
        }

        @Override
        public Object[] getArray(long index, int count) throws SQLException {
            if (index < 1 || count < 0 || index - 1 + count > values.size()) {
                throw Failures.argument(
                        "elements %d to %d of an array of %d"
                                .formatted(index, index + count - 1, values.size()));
            }
            return Arrays.copyOfRange(getArray(), (int) index - 1, (int) index - 1 + count);
        }

        @Override
        public Object[] getArray(long index, int count, Map<String, Class<?>> types)
                throws SQLException {
            return getArray(index, count);
        }

        @Override
        public ResultSet getResultSet() {
            ColumnBuilder places = ColumnBuilder.of(Type.BIGINT, values.size());
            ColumnBuilder elements = ColumnBuilder.of(type.element(), values.size());
            for (int i = 0; i < values.size(); i++) {
                places.appendLong(i + 1L);
                elements.appendValue(values.get(i));
            }
            Schema schema =
                    Schema.of(
                            new Field("INDEX", Type.BIGINT, false),
                            new Field("VALUE", type.element()));
            Batch rows = new Batch(values.size(), places.build(), elements.build());
            return SkepResultSet.over(new MemoryResult(schema, rows));
        }

        @Override
        public ResultSet getResultSet(Map<String, Class<?>> types) {
            return getResultSet();
        }

        @Override
        public ResultSet getResultSet(long index, int count) throws SQLException {
            throw Failures.unsupported("a part of an array as a result set");
        }

        @Override
        public ResultSet getResultSet(long index, int count, Map<String, Class<?>> types)
                throws SQLException {
            return getResultSet(index, count);
        }

        @Override
        public void free() {
            // values on the heap
        }

        @Override
        public String toString() {
            return ValueText.of(type, values);
        }
    }

    private record Members(Type type, List<?> values) implements Struct {
        @Override
        public String getSQLTypeName() {
            return type.toString();
        }

        @Override
        public Object[] getAttributes() {
            return all(type.children().stream().map(Field::type).toList(), values);
        }

        @Override
        public Object[] getAttributes(Map<String, Class<?>> types) {
            return getAttributes();
        }

        @Override
        public String toString() {
            return ValueText.of(type, values);
        }
    }
}
