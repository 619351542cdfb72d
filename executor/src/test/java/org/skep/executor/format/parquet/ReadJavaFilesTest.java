package org.skep.executor.format.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skep.model.type.Schema;

/** Files written by parquet-java, in all its encodings; and ours read by it. */
class ReadJavaFilesTest {
    private static final MessageType FLAT =
            MessageTypeParser.parseMessageType(
                    """
                    message flat {
                      required int64 id;
                      optional boolean flag;
                      optional int32 i;
                      optional int64 l;
                      optional float f;
                      optional double d;
                      optional binary s (STRING);
                      optional binary b;
                      optional fixed_len_byte_array(5) x;
                      optional int96 t96;
                      optional int64 millis (TIMESTAMP(MILLIS,true));
                      optional int64 nanos (TIMESTAMP(NANOS,false));
                      optional int32 clock (TIME(MILLIS,true));
                      optional binary dec (DECIMAL(20,3));
                      optional fixed_len_byte_array(7) fdec (DECIMAL(15,2));
                      optional fixed_len_byte_array(2) half (FLOAT16);
                      optional int32 u8 (INTEGER(8,false));
                      optional int64 u64 (INTEGER(64,false));
                    }
                    """);

    @TempDir Path folder;

    /**
     * v1 and v2, with and without dictionaries, split streams or not; v2 brings the delta
     * encodings.
     */
    @ParameterizedTest
    @CsvSource({
        "1,true,false,20000",
        "1,false,false,20000",
        "1,false,true,300",
        "2,true,false,300",
        "2,false,false,20000",
        "2,false,true,20000",
        "2,false,false,64"
    })
    void flat(int version, boolean dictionary, boolean split, int pageRows) throws Exception {
        Random random = new Random(version * 31L + pageRows);
        List<Group> groups = new ArrayList<>();
        List<List<Object>> expected = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            Group group = new SimpleGroup(FLAT);
            expected.add(row(group, i, random, i > 2000 && i < 2600));
            groups.add(group);
        }
        Path file = folder.resolve("flat.parquet");
        JavaParquet.write(
                file,
                FLAT,
                groups,
                options ->
                        options.withWriterVersion(JavaParquet.version(version))
                                .withDictionaryEncoding(dictionary)
                                .withByteStreamSplitEncoding(split)
                                .withPageRowCountLimit(pageRows)
                                .withDictionaryPageSize(2000)
                                .withPageSize(4096)
                                .withRowGroupRowCountLimit(3000));
        ReadDuckFilesTest.same(expected, Reading.rows(file));
    }

    private static List<Object> row(Group group, int id, Random random, boolean nulls) {
        Object[] row = new Object[18];
        row[0] = (long) id;
        group.add("id", (long) id);
        for (int c = 1; c < row.length; c++) {
            if (!nulls && random.nextInt(5) > 0) {
                row[c] = add(group, c, random);
            }
        }
        return Arrays.asList(row);
    }

    private static Object add(Group group, int column, Random random) {
        String name = FLAT.getFieldName(column);
        switch (column) {
            case 1 -> {
                boolean value = random.nextBoolean();
                group.add(name, value);
                return value;
            }
            case 2 -> {
                int value = random.nextInt() >> random.nextInt(32);
                group.add(name, value);
                return value;
            }
            case 3 -> {
                long value = random.nextLong() >> random.nextInt(64);
                group.add(name, value);
                return value;
            }
            case 4 -> {
                float value = random.nextFloat();
                group.add(name, value);
                return (double) value;
            }
            case 5 -> {
                double value = random.nextGaussian();
                group.add(name, value);
                return value;
            }
            case 6 -> {
                String value = "prefix" + random.nextInt(1000) + "é".repeat(random.nextInt(4));
                group.add(name, value);
                return value;
            }
            case 7, 8 -> {
                byte[] value = new byte[column == 8 ? 5 : random.nextInt(9)];
                random.nextBytes(value);
                group.add(name, Binary.fromConstantByteArray(value));
                return value;
            }
            case 9 -> {
                group.add(name, new NanoTime(2_440_589, 1_234_567_891L));
                return 86_400_000_000L + 1_234_567L;
            }
            case 10 -> {
                long value = random.nextInt() * 1000L;
                group.add(name, value);
                return value * 1000;
            }
            case 11 -> {
                long value = random.nextLong() >> 4;
                group.add(name, value);
                return Math.floorDiv(value, 1000L);
            }
            case 12 -> {
                group.add(name, 12_345);
                return 12_345_000L;
            }
            case 13, 14 -> {
                long unscaled = random.nextLong() >> (column == 14 ? 14 : random.nextInt(50));
                byte[] bytes = BigInteger.valueOf(unscaled).toByteArray();
                if (column == 14) {
                    byte[] wide = new byte[7];
                    Arrays.fill(wide, (byte) (unscaled < 0 ? -1 : 0));
                    System.arraycopy(bytes, 0, wide, 7 - bytes.length, bytes.length);
                    bytes = wide;
                }
                group.add(name, Binary.fromConstantByteArray(bytes));
                return new BigDecimal(BigInteger.valueOf(unscaled), column == 14 ? 2 : 3);
            }
            case 15 -> {
                byte[] half = {0x00, (byte) 0xC1}; // -2.5
                group.add(name, Binary.fromConstantByteArray(half));
                return -2.5;
            }
            case 16 -> {
                int value = random.nextInt(256);
                group.add(name, value);
                return value;
            }
            default -> {
                long value = random.nextLong();
                group.add(name, value);
                return new BigDecimal(Long.toUnsignedString(value));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void oldAndNewLists(int version) throws Exception {
        MessageType type =
                MessageTypeParser.parseMessageType(
                        """
                        message nested {
                          repeated int32 bare;
                          optional group two (LIST) { repeated int32 element; }
                          optional group tuples (LIST) {
                            repeated group array { required int32 a; optional binary b (STRING); } }
                          optional group three (LIST) {
                            repeated group list { optional int32 element; } }
                          optional group m (MAP) {
                            repeated group map { required binary k (STRING); optional int32 v; } }
                          optional group s { optional group t { optional int32 x; } required int32 y; }
                          repeated group people { required int32 age; repeated binary names (STRING); }
                        }
                        """);
        List<Group> groups = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            Group group = new SimpleGroup(type);
            groups.add(group);
            if (i % 3 == 0) {
                continue;
            }
            group.add("bare", i);
            group.add("bare", i + 1);
            group.addGroup("two").append("element", i);
            Group tuple = group.addGroup("tuples").addGroup("array").append("a", i);
            if (i % 2 == 0) {
                tuple.append("b", "b" + i);
            }
            Group three = group.addGroup("three");
            three.addGroup("list").append("element", i);
            three.addGroup("list");
            Group map = group.addGroup("m");
            map.addGroup("map").append("k", "k" + i).append("v", i);
            map.addGroup("map").append("k", "l");
            Group struct = group.addGroup("s").append("y", i);
            if (i % 2 == 0) {
                struct.addGroup("t").append("x", i);
            }
            group.addGroup("people").append("age", i).append("names", "n").append("names", "o");
            group.addGroup("people").append("age", 1);
        }
        Path file = folder.resolve("lists.parquet");
        JavaParquet.write(
                file,
                type,
                groups,
                options ->
                        options.withWriterVersion(JavaParquet.version(version))
                                .withPageRowCountLimit(100)
                                .withDictionaryEncoding(version == 1));
        List<List<Object>> rows = Reading.rows(file);
        assertEquals(1000, rows.size());
        assertEquals(
                Arrays.asList(List.of(), null, null, null, null, null, List.of()), rows.get(3));
        for (int i : new int[] {2, 4, 500, 998}) {
            List<Object> map = new ArrayList<>(rows.get(i));
            assertEquals(i, ((Map<?, ?>) map.get(4)).get("k" + i));
            map.remove(4);
            assertEquals(
                    List.of(
                            List.of(i, i + 1),
                            List.of(i),
                            List.of(List.of(i, "b" + i)),
                            Arrays.asList(i, null),
                            List.of(Collections.singletonList(i), i),
                            List.of(List.of(i, List.of("n", "o")), List.of(1, List.of()))),
                    map);
        }
    }

    @Test
    void parquetJavaReadsOurs() throws Exception {
        Schema schema =
                Schema.parse(
                        "id BIGINT, s STRING, d DOUBLE, f FLOAT, b BOOLEAN, c DECIMAL(30,4), "
                                + "t TIMESTAMP, l ARRAY<INTEGER>, m MAP<STRING,BIGINT>");
        RandomRows random = new RandomRows(11);
        List<List<Object>> rows = random.rows(schema, 3000);
        Path file = folder.resolve("ours.parquet");
        RandomRows.write(
                file,
                schema,
                random.batches(schema, rows),
                Map.of("row_group_rows", "1000", "compression", "uncompressed"));
        int count = 0;
        try (ParquetReader<Group> reader =
                new ParquetReader.Builder<Group>(
                        new LocalInputFile(file), new PlainParquetConfiguration()) {
                    @Override
                    protected GroupReadSupport getReadSupport() {
                        return new GroupReadSupport();
                    }
                }.usePageChecksumVerification().build()) {
            for (Group g = reader.read(); g != null; g = reader.read()) {
                List<Object> row = rows.get(count++);
                if (row.get(0) != null) {
                    assertEquals(row.get(0), g.getLong("id", 0));
                }
                assertEquals(row.get(1) == null ? 0 : 1, g.getFieldRepetitionCount("s"));
                if (row.get(1) != null) {
                    assertEquals(row.get(1), g.getString("s", 0));
                }
                if (row.get(5) != null) {
                    BigInteger unscaled = new BigInteger(g.getBinary("c", 0).getBytes());
                    assertEquals(row.get(5), new BigDecimal(unscaled, 4));
                }
                if (row.get(7) != null) {
                    int size = g.getGroup("l", 0).getFieldRepetitionCount("list");
                    assertEquals(((List<?>) row.get(7)).size(), size);
                }
            }
        }
        assertEquals(rows.size(), count);
    }
}
