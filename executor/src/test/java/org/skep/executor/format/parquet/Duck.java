package org.skep.executor.format.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** DuckDB in memory: the other reader and writer. */
final class Duck implements AutoCloseable {
    private final Connection connection;

    Duck() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        run("SET TimeZone = 'UTC'");
        run("SET threads = 2");
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Rows in the boxed form of our columns. */
    List<List<Object>> rows(String sql) throws SQLException {
        List<List<Object>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int width = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 1; i <= width; i++) {
                    row.add(boxed(result.getObject(i)));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static Object boxed(Object value) throws SQLException {
        if (value instanceof Byte || value instanceof Short) {
            return ((Number) value).intValue();
        } else if (value instanceof Float number) {
            return number.doubleValue();
        } else if (value instanceof BigInteger integer) {
            return new BigDecimal(integer);
        } else if (value instanceof LocalDate date) {
            return (int) date.toEpochDay();
        } else if (value instanceof Date date) {
            return (int) date.toLocalDate().toEpochDay();
        } else if (value instanceof LocalTime time) {
            return time.toNanoOfDay() / 1000;
        } else if (value instanceof Timestamp timestamp) {
            return micros(timestamp.toLocalDateTime());
        } else if (value instanceof LocalDateTime timestamp) {
            return micros(timestamp);
        } else if (value instanceof OffsetDateTime timestamp) {
            return micros(timestamp.atZoneSameInstant(ZoneOffset.UTC).toLocalDateTime());
        } else if (value instanceof Blob blob) {
            return blob.getBytes(1, (int) blob.length());
        } else if (value instanceof Array array) {
            List<Object> list = new ArrayList<>();
            for (Object element : (Object[]) array.getArray()) {
                list.add(boxed(element));
            }
            return list;
        } else if (value instanceof Struct struct) {
            List<Object> list = new ArrayList<>();
            for (Object member : struct.getAttributes()) {
                list.add(boxed(member));
            }
            return list;
        } else if (value instanceof Map<?, ?> map) {
            Map<Object, Object> out = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.put(boxed(entry.getKey()), boxed(entry.getValue()));
            }
            return out;
        } else if (value instanceof java.util.UUID uuid) {
            return uuid.toString();
        }
        return value;
    }

    private static long micros(LocalDateTime time) {
        return Math.floorDiv(
                time.toEpochSecond(ZoneOffset.UTC) * 1_000_000_000L + time.getNano(), 1000L);
    }

    /** A text that is the same for equal values, byte arrays included. */
    static String text(Object value) {
        if (value instanceof byte[] bytes) {
            return "x" + new String(bytes, StandardCharsets.ISO_8859_1);
        } else if (value instanceof BigDecimal decimal) {
            return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
        } else if (value instanceof List<?> list) {
            return list.stream().map(Duck::text).toList().toString();
        } else if (value instanceof Map<?, ?> map) {
            return Arrays.toString(
                    map.entrySet().stream()
                            .map(e -> text(e.getKey()) + "=" + text(e.getValue()))
                            .toArray());
        } else if (value instanceof Double number && number == 0) {
            return "0.0";
        }
        return String.valueOf(value);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
