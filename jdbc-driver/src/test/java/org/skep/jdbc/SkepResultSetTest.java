package org.skep.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.data.DictionaryColumn;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

class SkepResultSetTest {
    private static final Schema ALL =
            Schema.parse(
                    "bool BOOLEAN, tiny TINYINT, small SMALLINT, int INTEGER, big BIGINT,"
                            + " flt FLOAT, dbl DOUBLE, dec DECIMAL(10,2), huge DECIMAL(30,3),"
                            + " day DATE, ts TIMESTAMP, str STRING, bin BINARY,"
                            + " months INTERVAL MONTH, span INTERVAL DAY, arr ARRAY<INTEGER>,"
                            + " map MAP<STRING,DOUBLE>, rec STRUCT<a:INTEGER,b:STRING>");
    private static final long MICROS = 1_768_471_200_250_000L; // 2026-01-15 10:00:00.25

    private static Object[] row() {
        return new Object[] {
            true,
            -7,
            300,
            1 << 20,
            1L << 40,
            1.5,
            0.1,
            new BigDecimal("12.50"),
            new BigDecimal("123456789012345678901234567.125"),
            20_468,
            MICROS,
            "naïve \"quote\"",
            new byte[] {0, (byte) 0xff},
            14,
            -93_784_500_000L,
            Arrays.asList(1, null, 3),
            Map.of("k", 2.5),
            Arrays.asList(1, "x\ny")
        };
    }

    private static ResultSet all() throws SQLException {
        Object[] nulls = new Object[ALL.size()];
        ResultSet rows = SkepResultSet.over(MemoryResult.of(ALL, List.of(row(), nulls)));
        assertTrue(rows.next());
        return rows;
    }

    @Test
    void textOfEveryType() throws SQLException {
        ResultSet rows = all();
        List<String> texts = new ArrayList<>();
        for (int i = 1; i <= ALL.size(); i++) {
            texts.add(rows.getString(i));
        }
        assertEquals(
                List.of(
                        "true",
                        "-7",
                        "300",
                        "1048576",
                        "1099511627776",
                        "1.5",
                        "0.1",
                        "12.50",
                        "123456789012345678901234567.125",
                        "2026-01-15",
                        "2026-01-15 10:00:00.25",
                        "naïve \"quote\"",
                        "\\x00ff",
                        "1 year 2 months",
                        "-1 day -02:03:04.5",
                        "[1, null, 3]",
                        "{\"k\": 2.5}",
                        "{\"a\": 1, \"b\": \"x\\ny\"}"),
                texts);
    }

    @Test
    void objectsOfEveryType() throws SQLException {
        ResultSet rows = all();
        ResultSetMetaData meta = rows.getMetaData();
        for (int i = 1; i <= ALL.size(); i++) {
            Object value = rows.getObject(i);
            String className = meta.getColumnClassName(i);
            assertTrue(
                    className.equals(value.getClass().getName())
                            || List.of("java.sql.Array", "java.sql.Struct", "java.util.Map")
                                    .contains(className),
                    className + " but " + value.getClass());
        }
        assertEquals(Date.valueOf("2026-01-15"), rows.getObject("day"));
        assertEquals(Timestamp.valueOf("2026-01-15 10:00:00.25"), rows.getObject("TS"));
        assertEquals(Period.of(1, 2, 0), rows.getObject("months"));
        assertEquals(Duration.ofMillis(-93_784_500), rows.getObject("span"));
        assertArrayEquals(new Object[] {1, null, 3}, (Object[]) rows.getArray("arr").getArray());
        assertArrayEquals(new Object[] {3}, (Object[]) rows.getArray("arr").getArray(3, 1));
        assertEquals(Map.of("k", 2.5), rows.getObject("map"));
        assertArrayEquals(
                new Object[] {1, "x\ny"}, ((Struct) rows.getObject("rec")).getAttributes());
        ResultSet elements = rows.getArray("arr").getResultSet();
        assertTrue(elements.next());
        assertTrue(elements.next());
        assertEquals(2, elements.getInt("INDEX"));
        assertNull(elements.getObject("VALUE"));
    }

    @Test
    void objectsAsAsked() throws SQLException {
        ResultSet rows = all();
        assertEquals(LocalDate.of(2026, 1, 15), rows.getObject("day", LocalDate.class));
        assertEquals(
                LocalDateTime.of(2026, 1, 15, 10, 0, 0, 250_000_000),
                rows.getObject("ts", LocalDateTime.class));
        assertEquals(LocalDate.of(2026, 1, 15), rows.getObject("ts", LocalDate.class));
        assertEquals(1L << 20, rows.getObject("int", Long.class));
        assertEquals(
                new BigInteger("123456789012345678901234567"),
                rows.getObject("huge", BigInteger.class));
        assertEquals("12.50", rows.getObject("dec", String.class));
        assertEquals(Arrays.asList(1, null, 3), rows.getObject("arr", List.class));
        assertThrows(SQLException.class, () -> rows.getObject("str", LocalDate.class));
        assertThrows(SQLException.class, () -> rows.getObject("int", Byte.class));
        assertThrows(SQLException.class, () -> rows.getObject("int", StringBuilder.class));
    }

    @Test
    void numbersAsEachOther() throws SQLException {
        ResultSet rows = all();
        assertEquals(12, rows.getInt("dec"));
        assertEquals(12.5, rows.getDouble("dec"));
        assertEquals(new BigDecimal("0.1"), rows.getBigDecimal("dbl"));
        assertEquals(1, rows.getByte("flt"));
        assertEquals(1, rows.getInt("bool"));
        assertTrue(rows.getBoolean("tiny"));
        SQLException overflow = assertThrows(SQLException.class, () -> rows.getInt("big"));
        assertEquals("22003", overflow.getSQLState());
        assertEquals(
                "22018", assertThrows(SQLException.class, () -> rows.getInt("str")).getSQLState());
        assertEquals(
                "42804", assertThrows(SQLException.class, () -> rows.getInt("day")).getSQLState());
        assertThrows(SQLException.class, () -> rows.getLong("huge"));
    }

    @Test
    void nulls() throws SQLException {
        ResultSet rows = all();
        rows.getString(1);
        assertFalse(rows.wasNull());
        assertTrue(rows.next());
        for (int i = 1; i <= ALL.size(); i++) {
            assertNull(rows.getObject(i));
            assertTrue(rows.wasNull());
            assertNull(rows.getString(i));
        }
        assertEquals(0, rows.getLong("big"));
        assertTrue(rows.wasNull());
        assertEquals(0.0, rows.getDouble("day"));
        assertFalse(rows.getBoolean("bool"));
        assertNull(rows.getTimestamp("ts"));
        assertFalse(rows.next());
        assertThrows(SQLException.class, () -> rows.getString(1));
    }

    @Test
    void calendars() throws SQLException {
        ResultSet rows = all();
        Timestamp utc = rows.getTimestamp("ts", new GregorianCalendar(TimeZone.getTimeZone("UTC")));
        assertEquals(MICROS / 1000, utc.getTime());
        assertEquals(250_000_000, utc.getNanos());
        Timestamp tokyo =
                rows.getTimestamp("ts", new GregorianCalendar(TimeZone.getTimeZone("Asia/Tokyo")));
        assertEquals(MICROS / 1000 - 9 * 3_600_000, tokyo.getTime());
    }

    @Test
    void dictionariesAndConstants() throws SQLException {
        ColumnBuilder words = ColumnBuilder.of(Type.STRING, 2);
        words.appendString("no");
        words.appendString("yes");
        Column ids =
                new DictionaryColumn(new int[] {1, 0, 1}, words.build(), 3, new long[] {0b101});
        Batch batch =
                new Batch(3, ids, Column.constant(Type.BIGINT, 9L, 3), Column.nulls(Type.NULL, 3));
        ResultSet rows =
                SkepResultSet.over(
                        new MemoryResult(Schema.parse("w STRING, n BIGINT, x NULL"), batch));
        List<String> seen = new ArrayList<>();
        while (rows.next()) {
            seen.add(rows.getString(1) + rows.getLong(2) + rows.getObject(3));
        }
        assertEquals(List.of("yes9null", "null9null", "yes9null"), seen);
    }

    @Test
    void metadata() throws SQLException {
        ResultSetMetaData meta = all().getMetaData();
        assertEquals(18, meta.getColumnCount());
        assertEquals(Types.DECIMAL, meta.getColumnType(8));
        assertEquals("DECIMAL(10,2)", meta.getColumnTypeName(8));
        assertEquals(10, meta.getPrecision(8));
        assertEquals(2, meta.getScale(8));
        assertEquals("dec", meta.getColumnLabel(8));
        assertThrows(SQLException.class, () -> meta.getColumnType(19));
    }

    @Test
    void misuseIsRefused() throws SQLException {
        ResultSet rows =
                SkepResultSet.over(
                        MemoryResult.of(
                                Schema.parse("region STRING"),
                                Collections.singletonList(new Object[] {"EU"})));
        assertThrows(SQLException.class, () -> rows.getString(1)); // before next
        assertTrue(rows.next());
        assertEquals("EU", rows.getString("REGION"));
        SQLException missing = assertThrows(SQLException.class, () -> rows.getString("regoin"));
        assertEquals("42703", missing.getSQLState());
        assertThrows(SQLException.class, () -> rows.getString(2));
        assertThrows(SQLFeatureNotSupportedException.class, rows::first);
        assertThrows(SQLFeatureNotSupportedException.class, () -> rows.updateString(1, "US"));
        rows.close();
        assertThrows(SQLException.class, rows::next);
    }
}
