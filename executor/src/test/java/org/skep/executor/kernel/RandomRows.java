package org.skep.executor.kernel;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.data.DictionaryColumn;
import org.skep.model.type.Field;
import org.skep.model.type.Type;

/** Rows of all types with nulls, from few or many different values, in every form of column. */
public final class RandomRows {
    public static final List<Type> ALL_TYPES =
            List.of(
                    Type.BOOLEAN,
                    Type.TINYINT,
                    Type.SMALLINT,
                    Type.INTEGER,
                    Type.BIGINT,
                    Type.FLOAT,
                    Type.DOUBLE,
                    Type.decimal(9, 2),
                    Type.decimal(30, 3),
                    Type.DATE,
                    Type.TIMESTAMP,
                    Type.STRING,
                    Type.BINARY,
                    Type.INTERVAL_MONTH,
                    Type.INTERVAL_DAY,
                    Type.array(Type.STRING),
                    Type.map(Type.INTEGER, Type.STRING),
                    Type.struct(
                            List.of(
                                    new Field("a", Type.BIGINT),
                                    new Field("b", Type.array(Type.DOUBLE)))));

    private final Random random;
    private final int distinct;
    private final double nulls;

    /**
     * @param distinct about how many different values
     * @param nulls which part of the values is null
     */
    public RandomRows(long seed, int distinct, double nulls) {
        this.random = new Random(seed);
        this.distinct = distinct;
        this.nulls = nulls;
    }

    /** Batches of up to {@code batchRows} rows; some columns are dictionaries or constants. */
    public List<Batch> batches(List<Type> types, int rows, int batchRows) {
        List<Batch> batches = new ArrayList<>();
        Column[] dictionaries = new Column[types.size()];
        Arrays.setAll(dictionaries, i -> flat(types.get(i), Math.max(1, distinct), 0));
        for (int done = 0; done < rows; ) {
            int count = Math.min(rows - done, 1 + random.nextInt(batchRows));
            Column[] columns = new Column[types.size()];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = column(types.get(i), count, dictionaries[i]);
            }
            batches.add(new Batch(count, columns));
            done += count;
        }
        return batches;
    }

    private Column column(Type type, int rows, Column dictionary) {
        return switch (random.nextInt(6)) {
            case 0 -> {
                boolean isNull = nulls > 0 && random.nextBoolean();
                yield Column.constant(type, isNull ? null : value(type), rows);
            }
            case 1, 2 -> {
                int[] ids = new int[rows];
                for (int i = 0; i < rows; i++) {
                    ids[i] = random.nextInt(dictionary.rows());
                }
                yield new DictionaryColumn(ids, dictionary, rows, validity(rows));
            }
            case 3 -> { // a gathered piece of something larger
                Column larger = flat(type, 3 * rows + 5, nulls);
                int[] places = new int[rows];
                for (int i = 0; i < rows; i++) {
                    places[i] = random.nextInt(larger.rows());
                }
                yield larger.gather(places, rows);
            }
            default -> flat(type, rows, nulls);
        };
    }

    private long[] validity(int rows) {
        if (nulls == 0) {
            return null;
        }
        long[] bits = new long[(rows + 63) / 64];
        boolean any = false;
        for (int i = 0; i < rows; i++) {
            if (random.nextDouble() >= nulls) {
                bits[i >> 6] |= 1L << i;
            } else {
                any = true;
            }
        }
        return any ? bits : null;
    }

    private Column flat(Type type, int rows, double nullPart) {
        ColumnBuilder builder = ColumnBuilder.of(type, rows);
        for (int i = 0; i < rows; i++) {
            builder.appendValue(random.nextDouble() < nullPart ? null : value(type));
        }
        return builder.build();
    }

    public Object value(Type type) {
        int number = random.nextInt(Math.max(1, distinct)) - distinct / 2;
        return switch (type.kind()) {
            case NULL -> null;
            case BOOLEAN -> number % 2 == 0;
            case TINYINT -> (int) (byte) number;
            case SMALLINT -> (int) (short) number;
            case INTEGER, DATE, INTERVAL_MONTH -> number;
            case BIGINT, TIMESTAMP, INTERVAL_DAY ->
                    number % 7 == 0 ? Long.MIN_VALUE / 2 + number : number * 1_000_003L;
            case FLOAT -> (double) (float) (number / 8.0);
            case DOUBLE ->
                    number == 3
                            ? Double.NaN
                            : number == 4 ? Double.POSITIVE_INFINITY : number / 4.0;
            case DECIMAL ->
                    new BigDecimal(
                            BigInteger.valueOf(number)
                                    .multiply(
                                            type.precision() > 18
                                                    ? BigInteger.TEN.pow(20)
                                                    : BigInteger.ONE)
                                    .add(BigInteger.valueOf(number % 3)),
                            type.scale());
            case STRING -> text(number);
            case BINARY -> text(number).getBytes(StandardCharsets.UTF_8);
            case ARRAY -> {
                List<Object> list = new ArrayList<>();
                for (int i = 0; i < Math.floorMod(number, 4); i++) {
                    list.add(i == 2 ? null : value(type.element()));
                }
                yield list;
            }
            case MAP -> {
                Map<Object, Object> map = new LinkedHashMap<>();
                for (int i = 0; i < Math.floorMod(number, 3); i++) {
                    map.put(i, value(type.children().get(1).type()));
                }
                yield map;
            }
            case STRUCT -> {
                List<Object> members = new ArrayList<>();
                type.children()
                        .forEach(
                                field -> members.add(number % 5 == 0 ? null : value(field.type())));
                yield members;
            }
        };
    }

    private static String text(int number) {
        String start = number % 3 == 0 ? "a common beginning of some length " : "";
        String end = number % 4 == 0 ? "\0" : number % 4 == 1 ? "é" : "";
        return number == 0 ? "" : start + number + end;
    }

    /** All rows as boxed values that have equals; bytes as text. */
    public static List<List<Object>> boxed(List<Batch> batches) {
        List<List<Object>> rows = new ArrayList<>();
        for (Batch batch : batches) {
            for (int i = 0; i < batch.rows(); i++) {
                List<Object> row = new ArrayList<>();
                for (Column column : batch.columns()) {
                    Object value = column.value(i);
                    row.add(value instanceof byte[] bytes ? Arrays.toString(bytes) : value);
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
