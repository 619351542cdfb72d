package org.skep.catalog.iceberg;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.file.PartitionKey;
import org.skep.model.file.PartitionKey.Transform;
import org.skep.model.type.Schema;

/** How a table is partitioned, in our words and in Iceberg's. */
final class Partitions {
    private static final long SECOND_MICROS = 1_000_000;

    private Partitions() {}

    static PartitionSpec spec(org.apache.iceberg.Schema schema, List<PartitionKey> keys) {
        PartitionSpec.Builder spec = PartitionSpec.builderFor(schema);
        for (PartitionKey key : keys) {
            String column = schema.columns().get(key.column()).name();
            switch (key.transform()) {
                case IDENTITY -> spec.identity(column);
                case YEARS -> spec.year(column);
                case MONTHS -> spec.month(column);
                case DAYS -> spec.day(column);
                case HOURS -> spec.hour(column);
                case BUCKET -> spec.bucket(column, key.width());
                case TRUNCATE -> spec.truncate(column, key.width());
            }
        }
        try {
            return spec.build();
        } catch (RuntimeException e) { // a transform that does not fit its column's type
            throw new QueryException(
                    ErrorCode.TYPE_MISMATCH, "PARTITIONED BY: " + e.getMessage(), e);
        }
    }

    static List<PartitionKey> keys(PartitionSpec spec, Schema columns) {
        List<PartitionKey> keys = new ArrayList<>();
        for (PartitionField field : spec.fields()) {
            String transform = field.transform().toString();
            if (transform.equals("void")) {
                continue; // a partition field that was dropped
            }
            int column = columns.indexOf(spec.schema().findColumnName(field.sourceId()));
            int bracket = transform.indexOf('[');
            String name = bracket < 0 ? transform : transform.substring(0, bracket);
            int width =
                    bracket < 0
                            ? 0
                            : Integer.parseInt(
                                    transform.substring(bracket + 1, transform.length() - 1));
            keys.add(new PartitionKey(column, named(name), width, field.name()));
        }
        return keys;
    }

    /** A transform as Iceberg writes it. */
    static String text(Transform transform, int width) {
        return switch (transform) {
            case IDENTITY -> "identity";
            case YEARS -> "year";
            case MONTHS -> "month";
            case DAYS -> "day";
            case HOURS -> "hour";
            case BUCKET -> "bucket[%d]".formatted(width);
            case TRUNCATE -> "truncate[%d]".formatted(width);
        };
    }

    private static Transform named(String transform) {
        return switch (transform) {
            case "identity" -> Transform.IDENTITY;
            case "year" -> Transform.YEARS;
            case "month" -> Transform.MONTHS;
            case "day" -> Transform.DAYS;
            case "hour" -> Transform.HOURS;
            case "bucket" -> Transform.BUCKET;
            case "truncate" -> Transform.TRUNCATE;
            default ->
                    throw new QueryException(
                            ErrorCode.NOT_SUPPORTED,
                            "the table is partitioned by '%s', which is not known here"
                                    .formatted(transform),
                            "use an engine that knows it");
        };
    }

    /** A partition in words, {@code day=2026-01-15/id_bucket=3}; empty without any field. */
    static String name(PartitionSpec spec, StructLike values) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < spec.fields().size(); i++) {
            PartitionField field = spec.fields().get(i);
            if (field.transform().isVoid()) {
                continue;
            }
            Type type = spec.partitionType().fields().get(i).type();
            name.append(name.length() > 0 ? "/" : "").append(field.name()).append('=');
            name.append(text(field, type, values.get(i, Object.class)));
        }
        return name.toString();
    }

    @SuppressWarnings("unchecked")
    private static String text(PartitionField field, Type type, Object value) {
        return ((org.apache.iceberg.transforms.Transform<?, Object>) field.transform())
                .toHumanString(type, value);
    }

    /**
     * @param texts of the values that the keys' functions gave, null for null
     */
    static StructLike values(PartitionSpec spec, List<String> texts) {
        GenericRecord values = GenericRecord.create(spec.partitionType());
        int next = 0;
        for (int i = 0; i < spec.fields().size(); i++) {
            if (spec.fields().get(i).transform().isVoid()) {
                continue;
            }
            Type type = spec.partitionType().fields().get(i).type();
            String text = texts.get(next++);
            values.set(i, text == null ? null : value(type, text));
        }
        return values;
    }

    private static Object value(Type type, String text) {
        return switch (type.typeId()) {
            case BOOLEAN -> Boolean.valueOf(text);
            case INTEGER -> Integer.valueOf(text);
            case LONG -> Long.valueOf(text);
            case FLOAT -> Float.valueOf(text);
            case DOUBLE -> Double.valueOf(text);
            case STRING -> text;
            case DECIMAL -> new BigDecimal(text).setScale(((Types.DecimalType) type).scale());
            case DATE -> // days() gives a number
                    text.indexOf('-', 1) > 0
                            ? (int) LocalDate.parse(text).toEpochDay()
                            : Integer.parseInt(text);
            case TIMESTAMP -> {
                LocalDateTime time = LocalDateTime.parse(text.replace(' ', 'T'));
                yield time.toEpochSecond(ZoneOffset.UTC) * SECOND_MICROS + time.getNano() / 1000;
            }
            default ->
                    throw new QueryException(
                            ErrorCode.NOT_SUPPORTED,
                            "tables cannot be partitioned by values of type %s".formatted(type));
        };
    }
}
