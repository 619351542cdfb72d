package org.skep.executor.eval;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.skep.model.data.Batch;
import org.skep.model.data.Bits;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.data.DictionaryColumn;
import org.skep.model.type.Field;
import org.skep.model.type.Type;

/** Columns of few distinct, partly extreme values, with and without nulls and dictionaries. */
public final class RandomColumns {
    /** One of every layout and most kinds. */
    public static final List<Type> TYPES =
            List.of(
                    Type.BOOLEAN,
                    Type.TINYINT,
                    Type.SMALLINT,
                    Type.INTEGER,
                    Type.BIGINT,
                    Type.FLOAT,
                    Type.DOUBLE,
                    Type.decimal(10, 2),
                    Type.decimal(18, 0),
                    Type.decimal(38, 6),
                    Type.DATE,
                    Type.TIMESTAMP,
                    Type.STRING,
                    Type.BINARY,
                    Type.INTERVAL_DAY,
                    Type.INTERVAL_MONTH,
                    Type.array(Type.INTEGER),
                    Type.map(Type.STRING, Type.BIGINT),
                    Type.struct(
                            List.of(new Field("a", Type.INTEGER), new Field("b", Type.STRING))));

    private static final String[] WORDS = {
        "", "a", "b", "ab", "Apple", "größe", "12", "-3.5", "2024-02-29", "x_y", "100%", "€"
    };

    private final Random random;

    public RandomColumns(Random random) {
        this.random = random;
    }

    /** A column of each type. */
    Batch batch(List<Type> types, int rows) {
        return new Batch(rows, types.stream().map(type -> any(type, rows)).toArray(Column[]::new));
    }

    public Object value(Type type) {
        return switch (type.kind()) {
            case NULL -> null;
            case BOOLEAN -> random.nextBoolean();
            case TINYINT, SMALLINT, INTEGER ->
                    random.nextInt(20) == 0 ? (int) type.maxInteger() : random.nextInt(20) - 10;
            case DATE, INTERVAL_MONTH -> random.nextInt(2000) - 1000;
            case BIGINT ->
                    random.nextInt(40) == 0
                            ? Long.MIN_VALUE + random.nextInt(2)
                            : (long) random.nextInt(20) - 10;
            case TIMESTAMP, INTERVAL_DAY -> random.nextInt(100) * 3_599_999_999L;
            case FLOAT -> (double) (float) (random.nextInt(40) - 20) / 4;
            case DOUBLE ->
                    switch (random.nextInt(20)) {
                        case 0 -> Double.NaN;
                        case 1 -> -0.0;
                        case 2 -> Double.POSITIVE_INFINITY;
                        default -> (random.nextInt(40) - 20) / 8.0;
                    };
            case DECIMAL -> decimal(type);
            case STRING -> WORDS[random.nextInt(WORDS.length)];
            case BINARY -> new byte[] {(byte) random.nextInt(4), (byte) -random.nextInt(4)};
            case ARRAY -> {
                List<Object> values = new ArrayList<>();
                for (int i = random.nextInt(3); i > 0; i--) {
                    values.add(random.nextInt(5) == 0 ? null : value(type.element()));
                }
                yield values;
            }
            case MAP -> {
                Map<Object, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(3); i > 0; i--) {
                    map.put(
                            value(type.children().get(0).type()),
                            value(type.children().get(1).type()));
                }
                yield map;
            }
            case STRUCT -> {
                List<Object> values = new ArrayList<>();
                for (Field field : type.children()) {
                    values.add(random.nextInt(5) == 0 ? null : value(field.type()));
                }
                yield values;
            }
        };
    }

    private BigDecimal decimal(Type type) {
        if (random.nextInt(20) == 0) {
            BigInteger most = BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE);
            return new BigDecimal(random.nextBoolean() ? most : most.negate(), type.scale());
        }
        return BigDecimal.valueOf(random.nextInt(2000) - 1000, Math.min(2, type.scale()))
                .setScale(type.scale());
    }

    public Column flat(Type type, int rows, double nulls) {
        ColumnBuilder out = ColumnBuilder.of(type, rows);
        for (int i = 0; i < rows; i++) {
            out.appendValue(random.nextDouble() < nulls ? null : value(type));
        }
        return out.build();
    }

    public Column dictionary(Type type, int rows, double nulls) {
        int entries = 1 + random.nextInt(5);
        Column dictionary = flat(type, entries, 0);
        int[] ids = new int[rows];
        long[] validity = Bits.allSet(rows);
        for (int i = 0; i < rows; i++) {
            ids[i] = random.nextInt(entries);
            if (random.nextDouble() < nulls) {
                Bits.clear(validity, i);
            }
        }
        return new DictionaryColumn(ids, dictionary, rows, Bits.orNull(validity, rows));
    }

    /** Any of the forms in which a column may come. */
    public Column any(Type type, int rows) {
        double nulls = random.nextInt(3) * 0.2;
        return switch (random.nextInt(4)) {
            case 0 -> dictionary(type, rows, nulls);
            case 1 -> Column.constant(type, random.nextInt(5) == 0 ? null : value(type), rows);
            default -> flat(type, rows, nulls);
        };
    }
}
