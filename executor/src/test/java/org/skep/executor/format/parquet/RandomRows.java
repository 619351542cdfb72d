package org.skep.executor.format.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.skep.executor.format.FileWriter;
import org.skep.executor.task.TaskContext;
import org.skep.model.data.Batch;
import org.skep.model.data.Bits;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.data.DictionaryColumn;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/** Schemas and rows by chance, from a seed. */
final class RandomRows {
    private final Random random;

    RandomRows(long seed) {
        random = new Random(seed);
    }

    Schema schema() {
        List<Field> fields = new ArrayList<>();
        int width = 1 + random.nextInt(8);
        for (int i = 0; i < width; i++) {
            fields.add(new Field("c" + i, type(2)));
        }
        return new Schema(fields);
    }

    private Type type(int depth) {
        Type.Kind kind = Type.Kind.values()[random.nextInt(Type.Kind.values().length)];
        boolean nested =
                kind == Type.Kind.ARRAY || kind == Type.Kind.MAP || kind == Type.Kind.STRUCT;
        if (kind == Type.Kind.NULL || nested && depth == 0) {
            return Type.INTEGER;
        }
        return switch (kind) {
            case DECIMAL -> {
                int precision = 1 + random.nextInt(38);
                yield Type.decimal(precision, random.nextInt(precision + 1));
            }
            case ARRAY -> Type.array(type(depth - 1));
            case MAP ->
                    Type.map(random.nextBoolean() ? Type.STRING : Type.INTEGER, type(depth - 1));
            case STRUCT -> {
                List<Field> members = new ArrayList<>();
                for (int i = 0; i <= random.nextInt(3); i++) {
                    members.add(new Field("m" + i, type(depth - 1)));
                }
                yield Type.struct(members);
            }
            default -> new Type(kind, 0, 0, List.of());
        };
    }

    List<List<Object>> rows(Schema schema, int count) {
        double[] nulls = new double[schema.size()];
        int[] variety = new int[schema.size()];
        for (int i = 0; i < nulls.length; i++) {
            nulls[i] = new double[] {0, 0.01, 0.5, 1}[random.nextInt(random.nextInt(3) + 1 + 1)];
            variety[i] = new int[] {1, 3, 200, 1 << 30}[random.nextInt(4)];
        }
        List<List<Object>> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < schema.size(); i++) {
                values.add(
                        random.nextDouble() < nulls[i] ? null : value(schema.type(i), variety[i]));
            }
            rows.add(values);
        }
        return rows;
    }

    private Object maybe(Type type, int variety) {
        return random.nextInt(4) == 0 ? null : value(type, variety);
    }

    private Object value(Type type, int variety) {
        Random pick = variety < 1 << 30 ? new Random(random.nextInt(variety)) : random;
        return switch (type.kind()) {
            case NULL -> null;
            case BOOLEAN -> pick.nextBoolean();
            case TINYINT -> (int) (byte) pick.nextInt();
            case SMALLINT -> (int) (short) pick.nextInt();
            case INTEGER, INTERVAL_MONTH -> pick.nextInt() >> pick.nextInt(32);
            case DATE -> pick.nextInt(60_000) - 20_000;
            case BIGINT, INTERVAL_DAY -> pick.nextLong() >> pick.nextInt(64);
            case TIMESTAMP -> (long) (pick.nextGaussian() * 1e15);
            case FLOAT -> (double) (float) pick.nextGaussian();
            case DOUBLE -> pick.nextInt(20) == 0 ? Double.NaN : pick.nextGaussian();
            case DECIMAL -> {
                BigInteger limit = BigInteger.TEN.pow(1 + pick.nextInt(type.precision()));
                BigInteger unscaled = new BigInteger(130, pick).mod(limit);
                yield new BigDecimal(
                        pick.nextBoolean() ? unscaled : unscaled.negate(), type.scale());
            }
            case STRING -> text(pick);
            case BINARY -> {
                byte[] bytes = new byte[pick.nextInt(20)];
                pick.nextBytes(bytes);
                yield bytes;
            }
            case ARRAY -> {
                List<Object> list = new ArrayList<>();
                for (int i = pick.nextInt(4); i > 0; i--) {
                    list.add(maybe(type.element(), variety));
                }
                yield list;
            }
            case MAP -> {
                Map<Object, Object> map = new LinkedHashMap<>();
                for (int i = pick.nextInt(4); i > 0; i--) {
                    map.put(
                            value(type.children().get(0).type(), variety),
                            maybe(type.children().get(1).type(), variety));
                }
                yield map;
            }
            case STRUCT -> {
                List<Object> members = new ArrayList<>();
                for (Field member : type.children()) {
                    members.add(maybe(member.type(), variety));
                }
                yield members;
            }
        };
    }

    private static String text(Random pick) {
        StringBuilder text = new StringBuilder();
        int length = pick.nextInt(10) == 0 ? 200 : pick.nextInt(12);
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(new int[] {'a', 'b', 'z', 'é', '蜂', 0x1F41D}[pick.nextInt(6)]);
        }
        return text.toString();
    }

    /** The rows as batches of many sizes, some columns as dictionaries. */
    List<Batch> batches(Schema schema, List<List<Object>> rows) {
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < rows.size(); ) {
            int count = Math.min(rows.size() - from, 1 + random.nextInt(3000));
            Column[] columns = new Column[schema.size()];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = column(schema.type(i), rows.subList(from, from + count), i);
            }
            batches.add(new Batch(count, columns));
            from += count;
        }
        return batches;
    }

    private Column column(Type type, List<List<Object>> rows, int index) {
        ColumnBuilder builder = ColumnBuilder.of(type, rows.size());
        rows.forEach(row -> builder.appendValue(row.get(index)));
        Column flat = builder.build();
        if (random.nextInt(3) > 0) {
            return flat;
        }
        int[] ids = new int[rows.size()];
        Arrays.setAll(ids, i -> i);
        Column entries =
                flat.validity() == null ? flat : flat.withValidity(Bits.allSet(rows.size()));
        return new DictionaryColumn(ids, entries, rows.size(), flat.validity());
    }

    static long write(Path file, Schema schema, List<Batch> batches, Map<String, String> options) {
        try (TaskContext task = TaskContext.standalone(Reading.SETTINGS);
                FileWriter writer = Reading.format().create(file, schema, options, task)) {
            batches.forEach(writer::write);
            return writer.finish();
        } catch (Exception e) {
            throw e instanceof RuntimeException known ? known : new IllegalStateException(e);
        }
    }
}
