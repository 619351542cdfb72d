package org.skep.parser;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.type.Field;
import org.skep.model.type.Type;

/** Our types as Calcite's and back. */
public final class CalciteTypes {
    /** Fraction digits of a TIMESTAMP: microseconds. */
    private static final int TIMESTAMP_PRECISION = 6;

    private CalciteTypes() {}

    public static RelDataType toCalcite(Type type, boolean nullable, RelDataTypeFactory factory) {
        return factory.createTypeWithNullability(bare(type, factory), nullable);
    }

    private static RelDataType bare(Type type, RelDataTypeFactory factory) {
        return switch (type.kind()) {
            case NULL -> factory.createSqlType(SqlTypeName.NULL);
            case BOOLEAN -> factory.createSqlType(SqlTypeName.BOOLEAN);
            case TINYINT -> factory.createSqlType(SqlTypeName.TINYINT);
            case SMALLINT -> factory.createSqlType(SqlTypeName.SMALLINT);
            case INTEGER -> factory.createSqlType(SqlTypeName.INTEGER);
            case BIGINT -> factory.createSqlType(SqlTypeName.BIGINT);
            case FLOAT -> factory.createSqlType(SqlTypeName.REAL);
            case DOUBLE -> factory.createSqlType(SqlTypeName.DOUBLE);
            case DECIMAL ->
                    factory.createSqlType(SqlTypeName.DECIMAL, type.precision(), type.scale());
            case DATE -> factory.createSqlType(SqlTypeName.DATE);
            case TIMESTAMP -> factory.createSqlType(SqlTypeName.TIMESTAMP, TIMESTAMP_PRECISION);
            case STRING ->
                    factory.createSqlType(SqlTypeName.VARCHAR, RelDataType.PRECISION_NOT_SPECIFIED);
            case BINARY ->
                    factory.createSqlType(
                            SqlTypeName.VARBINARY, RelDataType.PRECISION_NOT_SPECIFIED);
            case INTERVAL_MONTH -> interval(TimeUnit.YEAR, TimeUnit.MONTH, factory);
            case INTERVAL_DAY -> interval(TimeUnit.DAY, TimeUnit.SECOND, factory);
            case ARRAY -> factory.createArrayType(child(type, 0, factory), -1);
            case MAP -> factory.createMapType(child(type, 0, factory), child(type, 1, factory));
            case STRUCT -> struct(type, factory);
        };
    }

    private static RelDataType interval(TimeUnit from, TimeUnit to, RelDataTypeFactory factory) {
        return factory.createSqlIntervalType(new SqlIntervalQualifier(from, to, SqlParserPos.ZERO));
    }

    private static RelDataType child(Type type, int index, RelDataTypeFactory factory) {
        Field field = type.children().get(index);
        return toCalcite(field.type(), field.nullable(), factory);
    }

    private static RelDataType struct(Type type, RelDataTypeFactory factory) {
        RelDataTypeFactory.Builder row = factory.builder().kind(StructKind.FULLY_QUALIFIED);
        for (Field field : type.children()) {
            row.add(field.name(), toCalcite(field.type(), field.nullable(), factory));
        }
        return row.build();
    }

    /**
     * CHAR and VARCHAR of any length are STRING, times are in microseconds whatever their
     * precision.
     *
     * @throws QueryException for a type that we have no counterpart of
     */
    public static Type fromCalcite(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case NULL -> Type.NULL;
            case BOOLEAN -> Type.BOOLEAN;
            case TINYINT -> Type.TINYINT;
            case SMALLINT -> Type.SMALLINT;
            case INTEGER -> Type.INTEGER;
            case BIGINT -> Type.BIGINT;
            case REAL -> Type.FLOAT;
            case FLOAT, DOUBLE -> Type.DOUBLE;
            case DECIMAL -> decimal(type);
            case DATE -> Type.DATE;
            case TIMESTAMP -> Type.TIMESTAMP;
            case CHAR, VARCHAR, SYMBOL -> Type.STRING;
            case BINARY, VARBINARY -> Type.BINARY;
            case INTERVAL_YEAR, INTERVAL_YEAR_MONTH, INTERVAL_MONTH -> Type.INTERVAL_MONTH;
            case INTERVAL_DAY,
                    INTERVAL_DAY_HOUR,
                    INTERVAL_DAY_MINUTE,
                    INTERVAL_DAY_SECOND,
                    INTERVAL_HOUR,
                    INTERVAL_HOUR_MINUTE,
                    INTERVAL_HOUR_SECOND,
                    INTERVAL_MINUTE,
                    INTERVAL_MINUTE_SECOND,
                    INTERVAL_SECOND ->
                    Type.INTERVAL_DAY;
            case ARRAY, MULTISET -> Type.array(fromCalcite(type.getComponentType()));
            case MAP -> Type.map(fromCalcite(type.getKeyType()), fromCalcite(type.getValueType()));
            case ROW, STRUCTURED -> Type.struct(fields(type));
            default ->
                    throw new QueryException(
                            ErrorCode.NOT_SUPPORTED,
                            "no type " + type.getFullTypeString(),
                            (String) null);
        };
    }

    private static Type decimal(RelDataType type) {
        int precision = Math.min(Math.max(1, type.getPrecision()), Type.MAX_PRECISION);
        int scale = Math.max(0, type.getScale());
        return Type.decimal(precision, Math.min(scale, precision));
    }

    private static List<Field> fields(RelDataType type) {
        List<Field> fields = new ArrayList<>();
        for (RelDataTypeField field : type.getFieldList()) {
            fields.add(
                    new Field(
                            field.getName(),
                            fromCalcite(field.getType()),
                            field.getType().isNullable()));
        }
        return fields;
    }
}
