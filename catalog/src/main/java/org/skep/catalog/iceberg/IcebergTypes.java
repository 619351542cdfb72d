package org.skep.catalog.iceberg;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.file.ColumnId;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/** Our types as Iceberg's and back. Iceberg has no TINYINT and SMALLINT: they become INTEGER. */
final class IcebergTypes {
    private IcebergTypes() {}

    /** Columns with provisional numbers; Iceberg gives its own when a table is made. */
    static org.apache.iceberg.Schema toIceberg(Schema schema, Map<String, String> comments) {
        AtomicInteger next = new AtomicInteger();
        List<NestedField> fields = new ArrayList<>();
        for (Field field : schema.fields()) {
            NestedField column = field(field, next);
            fields.add(NestedField.from(column).withDoc(comments.get(field.name())).build());
        }
        return new org.apache.iceberg.Schema(fields);
    }

    private static NestedField field(Field field, AtomicInteger next) {
        int id = next.incrementAndGet();
        org.apache.iceberg.types.Type type = type(field, next);
        return NestedField.of(id, field.nullable(), field.name(), type);
    }

    /** The type of a column to add to a table. */
    static org.apache.iceberg.types.Type toIceberg(Field field) {
        return type(field, new AtomicInteger());
    }

    private static org.apache.iceberg.types.Type type(Field field, AtomicInteger next) {
        Type type = field.type();
        return switch (type.kind()) {
            case BOOLEAN -> Types.BooleanType.get();
            case TINYINT, SMALLINT, INTEGER -> Types.IntegerType.get();
            case BIGINT -> Types.LongType.get();
            case FLOAT -> Types.FloatType.get();
            case DOUBLE -> Types.DoubleType.get();
            case DECIMAL -> Types.DecimalType.of(type.precision(), type.scale());
            // a column of nothing but NULL can take texts later, as in Postgres
            case STRING, NULL -> Types.StringType.get();
            case BINARY -> Types.BinaryType.get();
            case DATE -> Types.DateType.get();
            case TIMESTAMP -> Types.TimestampType.withoutZone();
            case ARRAY -> {
                int id = next.incrementAndGet();
                yield Types.ListType.ofOptional(id, type(type.children().get(0), next));
            }
            case MAP -> {
                int key = next.incrementAndGet();
                int value = next.incrementAndGet();
                yield Types.MapType.ofOptional(
                        key,
                        value,
                        type(type.children().get(0), next),
                        type(type.children().get(1), next));
            }
            case STRUCT -> {
                List<NestedField> members = new ArrayList<>();
                for (Field member : type.children()) {
                    members.add(field(member, next));
                }
                yield Types.StructType.of(members);
            }
            case INTERVAL_MONTH, INTERVAL_DAY ->
                    throw new QueryException(
                            ErrorCode.NOT_SUPPORTED,
                            "column %s is %s, which tables cannot hold"
                                    .formatted(field.name(), type),
                            "cast it to another type, such as STRING");
        };
    }

    static Schema fromIceberg(org.apache.iceberg.Schema schema) {
        List<Field> fields = new ArrayList<>();
        for (NestedField field : schema.columns()) {
            fields.add(field(field));
        }
        return new Schema(fields);
    }

    private static Field field(NestedField field) {
        return new Field(field.name(), type(field.name(), field.type()), field.isOptional());
    }

    /**
     * @param name of the column, for messages
     */
    static Type type(String name, org.apache.iceberg.types.Type type) {
        return switch (type.typeId()) {
            case BOOLEAN -> Type.BOOLEAN;
            case INTEGER -> Type.INTEGER;
            case LONG -> Type.BIGINT;
            case FLOAT -> Type.FLOAT;
            case DOUBLE -> Type.DOUBLE;
            case DATE -> Type.DATE;
            case TIMESTAMP, TIMESTAMP_NANO -> Type.TIMESTAMP;
            case STRING, UUID -> Type.STRING;
            case BINARY, FIXED -> Type.BINARY;
            case DECIMAL -> {
                Types.DecimalType decimal = (Types.DecimalType) type;
                yield Type.decimal(decimal.precision(), decimal.scale());
            }
            case LIST -> Type.array(type(name, type.asListType().elementType()));
            case MAP ->
                    Type.map(
                            type(name, type.asMapType().keyType()),
                            type(name, type.asMapType().valueType()));
            case STRUCT ->
                    Type.struct(
                            type.asStructType().fields().stream()
                                    .map(IcebergTypes::field)
                                    .toList());
            case TIME, UNKNOWN, VARIANT, GEOMETRY, GEOGRAPHY ->
                    throw new QueryException(
                            ErrorCode.NOT_SUPPORTED,
                            "column %s is of Iceberg's type %s".formatted(name, type),
                            "read the table with another engine, or without that column");
        };
    }

    /** The numbers of all columns and of what is nested in them. */
    static List<ColumnId> ids(org.apache.iceberg.Schema schema) {
        return schema.columns().stream().map(IcebergTypes::id).toList();
    }

    private static ColumnId id(NestedField field) {
        List<ColumnId> children = new ArrayList<>();
        if (field.type().isNestedType()) {
            field.type().asNestedType().fields().forEach(child -> children.add(id(child)));
        }
        return new ColumnId(field.fieldId(), children);
    }
}
