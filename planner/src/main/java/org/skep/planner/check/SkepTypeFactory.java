package org.skep.planner.check;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.skep.model.type.Type;

/** Makes Calcite's types: text is UTF-8 and has no length, so that nothing is ever padded. */
final class SkepTypeFactory extends JavaTypeFactoryImpl {
    SkepTypeFactory() {
        super(new SkepTypeSystem());
    }

    @Override
    public RelDataType createSqlType(SqlTypeName name) {
        return switch (name) {
            case CHAR -> super.createSqlType(SqlTypeName.VARCHAR);
            case BINARY -> super.createSqlType(SqlTypeName.VARBINARY);
            case FLOAT -> super.createSqlType(SqlTypeName.DOUBLE);
            default -> super.createSqlType(name);
        };
    }

    @Override
    public RelDataType createSqlType(SqlTypeName name, int precision) {
        return switch (name) {
            case CHAR, VARCHAR ->
                    super.createSqlType(SqlTypeName.VARCHAR, RelDataType.PRECISION_NOT_SPECIFIED);
            case BINARY, VARBINARY ->
                    super.createSqlType(SqlTypeName.VARBINARY, RelDataType.PRECISION_NOT_SPECIFIED);
            case FLOAT -> super.createSqlType(SqlTypeName.DOUBLE);
            case TIMESTAMP -> super.createSqlType(SqlTypeName.TIMESTAMP, 6);
            default -> super.createSqlType(name, precision);
        };
    }

    /** Exact numbers keep all digits after the point, where Calcite would rather lose those. */
    @Override
    public RelDataType leastRestrictive(List<RelDataType> types, SqlTypeMappingRule rule) {
        boolean decimals = false;
        boolean nullable = false;
        int scale = 0;
        int whole = 0;
        for (RelDataType type : types) {
            boolean isNull = type.getSqlTypeName() == SqlTypeName.NULL;
            if (!isNull && !SqlTypeUtil.isExactNumeric(type)) {
                return super.leastRestrictive(types, rule);
            }
            nullable |= isNull || type.isNullable();
            if (!isNull) {
                decimals |= type.getSqlTypeName() == SqlTypeName.DECIMAL;
                scale = Math.max(scale, type.getScale());
                whole = Math.max(whole, type.getPrecision() - type.getScale());
            }
        }
        if (!decimals) {
            return super.leastRestrictive(types, rule);
        }
        int precision = Math.min(Type.MAX_PRECISION, whole + scale);
        RelDataType common = createSqlType(SqlTypeName.DECIMAL, precision, scale);
        return createTypeWithNullability(common, nullable);
    }

    @Override
    public Charset getDefaultCharset() {
        return StandardCharsets.UTF_8;
    }
}
