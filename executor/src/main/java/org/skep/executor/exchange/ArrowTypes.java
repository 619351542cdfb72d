package org.skep.executor.exchange;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.skep.model.type.Type;

/** Our types as Arrow's. */
public final class ArrowTypes {
    private ArrowTypes() {}

    public static Schema schema(org.skep.model.type.Schema schema) {
        List<Field> fields = new ArrayList<>();
        schema.fields().forEach(field -> fields.add(field(field.name(), field.type(), true)));
        return new Schema(fields);
    }

    static Field field(String name, Type type, boolean nullable) {
        List<Field> children = new ArrayList<>();
        switch (type.kind()) {
            case ARRAY -> children.add(field("element", type.element(), true));
            case MAP -> {
                Field key = field("key", type.children().get(0).type(), false);
                Field value = field("value", type.children().get(1).type(), true);
                FieldType struct = new FieldType(false, ArrowType.Struct.INSTANCE, null);
                children.add(new Field("entries", struct, List.of(key, value)));
            }
            default ->
                    type.children()
                            .forEach(
                                    child -> children.add(field(child.name(), child.type(), true)));
        }
        return new Field(name, new FieldType(nullable, arrowType(type), null), children);
    }

    private static ArrowType arrowType(Type type) {
        return switch (type.kind()) {
            case NULL, BOOLEAN -> ArrowType.Bool.INSTANCE;
            case TINYINT -> new ArrowType.Int(8, true);
            case SMALLINT -> new ArrowType.Int(16, true);
            case INTEGER -> new ArrowType.Int(32, true);
            case BIGINT -> new ArrowType.Int(64, true);
            case FLOAT -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
            case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case DECIMAL -> new ArrowType.Decimal(type.precision(), type.scale(), 128);
            case DATE -> new ArrowType.Date(DateUnit.DAY);
            case TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
            case STRING -> ArrowType.Utf8.INSTANCE;
            case BINARY -> ArrowType.Binary.INSTANCE;
            case INTERVAL_MONTH -> new ArrowType.Interval(IntervalUnit.YEAR_MONTH);
            case INTERVAL_DAY -> new ArrowType.Duration(TimeUnit.MICROSECOND);
            case ARRAY -> ArrowType.List.INSTANCE;
            case MAP -> new ArrowType.Map(false);
            case STRUCT -> ArrowType.Struct.INSTANCE;
        };
    }
}
