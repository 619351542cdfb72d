package org.skep.executor.format.parquet;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DateType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.ListType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MapType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.NullType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.file.ColumnId;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/**
 * Our schema as Parquet stores it. Every field but the keys of maps is optional: a null that the
 * schema does not expect is then no reason to lose a statement's work, and levels of rows without
 * nulls take two bytes a page. Intervals are plain integers; {@link Schemas#KEY} says what they
 * mean.
 */
final class SchemaElements {
    private static final int INT32_DIGITS = 9;

    private final List<SchemaElement> elements = new ArrayList<>();

    private SchemaElements() {}

    /**
     * @param ids of the columns; empty for none
     */
    static List<SchemaElement> of(Schema schema, List<ColumnId> ids) {
        SchemaElements all = new SchemaElements();
        SchemaElement root = new SchemaElement("schema");
        root.setNum_children(schema.size());
        all.elements.add(root);
        if (schema.size() == 0) {
            throw new QueryException(
                    ErrorCode.NOT_SUPPORTED,
                    "a Parquet file cannot be without columns",
                    "select at least one column");
        }
        for (int i = 0; i < schema.size(); i++) {
            ColumnId id = ids.isEmpty() ? null : ids.get(i);
            all.add(schema.field(i), FieldRepetitionType.OPTIONAL, id);
        }
        return all.elements;
    }

    private static ColumnId child(ColumnId id, int index) {
        return id == null ? null : id.children().get(index);
    }

    private void add(Field field, FieldRepetitionType repetition, ColumnId id) {
        SchemaElement element = new SchemaElement(field.name());
        if (id != null) {
            element.setField_id(id.id());
        }
        element.setRepetition_type(repetition);
        elements.add(element);
        Type type = field.type();
        switch (type.kind()) {
            case NULL -> {
                leaf(element, Physical.BOOLEAN, LogicalType.UNKNOWN(new NullType()), null);
            }
            case BOOLEAN -> leaf(element, Physical.BOOLEAN, null, null);
            case TINYINT -> integer(element, 8, ConvertedType.INT_8);
            case SMALLINT -> integer(element, 16, ConvertedType.INT_16);
            case INTEGER, INTERVAL_MONTH -> leaf(element, Physical.INT32, null, null);
            case BIGINT, INTERVAL_DAY -> leaf(element, Physical.INT64, null, null);
            case FLOAT -> leaf(element, Physical.FLOAT, null, null);
            case DOUBLE -> leaf(element, Physical.DOUBLE, null, null);
            case DATE ->
                    leaf(
                            element,
                            Physical.INT32,
                            LogicalType.DATE(new DateType()),
                            ConvertedType.DATE);
            case TIMESTAMP -> {
                TimeUnit micros = TimeUnit.MICROS(new MicroSeconds());
                LogicalType local = LogicalType.TIMESTAMP(new TimestampType(false, micros));
                leaf(element, Physical.INT64, local, null);
            }
            case DECIMAL -> decimal(element, type);
            case STRING ->
                    leaf(
                            element,
                            Physical.BYTE_ARRAY,
                            LogicalType.STRING(new StringType()),
                            ConvertedType.UTF8);
            case BINARY -> leaf(element, Physical.BYTE_ARRAY, null, null);
            case ARRAY, MAP -> repeated(element, type, id);
            case STRUCT -> {
                if (type.children().isEmpty()) {
                    throw new QueryException(
                            ErrorCode.NOT_SUPPORTED,
                            "column %s is a struct without members".formatted(field.name()),
                            "Parquet cannot store that");
                }
                element.setNum_children(type.children().size());
                for (int i = 0; i < type.children().size(); i++) {
                    add(type.children().get(i), FieldRepetitionType.OPTIONAL, child(id, i));
                }
            }
        }
    }

    private static void leaf(
            SchemaElement element, Physical physical, LogicalType logical, ConvertedType old) {
        element.setType(physical.format());
        if (logical != null) {
            element.setLogicalType(logical);
        }
        if (old != null) {
            element.setConverted_type(old);
        }
    }

    private static void integer(SchemaElement element, int bits, ConvertedType old) {
        leaf(element, Physical.INT32, LogicalType.INTEGER(new IntType((byte) bits, true)), old);
    }

    private static void decimal(SchemaElement element, Type type) {
        Physical physical =
                type.precision() <= INT32_DIGITS
                        ? Physical.INT32
                        : type.layout() == Type.Layout.LONG ? Physical.INT64 : Physical.FIXED;
        leaf(
                element,
                physical,
                LogicalType.DECIMAL(new DecimalType(type.scale(), type.precision())),
                ConvertedType.DECIMAL);
        element.setPrecision(type.precision());
        element.setScale(type.scale());
        if (physical == Physical.FIXED) {
            element.setType_length(16);
        }
    }

    private void repeated(SchemaElement element, Type type, ColumnId id) {
        boolean map = type.kind() == Type.Kind.MAP;
        element.setNum_children(1);
        element.setLogicalType(
                map ? LogicalType.MAP(new MapType()) : LogicalType.LIST(new ListType()));
        element.setConverted_type(map ? ConvertedType.MAP : ConvertedType.LIST);
        SchemaElement group = new SchemaElement(map ? "key_value" : "list");
        group.setRepetition_type(FieldRepetitionType.REPEATED);
        group.setNum_children(type.children().size());
        elements.add(group);
        for (int i = 0; i < type.children().size(); i++) {
            boolean key = map && i == 0;
            Type child = type.children().get(i).type();
            add(
                    new Field(map ? key ? "key" : "value" : "element", child),
                    key ? FieldRepetitionType.REQUIRED : FieldRepetitionType.OPTIONAL,
                    child(id, i));
        }
    }
}
