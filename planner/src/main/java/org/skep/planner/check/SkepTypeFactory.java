package org.skep.planner.check;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

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
                    super.createSqlType(
                            SqlTypeName.VARBINARY, RelDataType.PRECISION_NOT_SPECIFIED);
            case FLOAT -> super.createSqlType(SqlTypeName.DOUBLE);
            case TIMESTAMP -> super.createSqlType(SqlTypeName.TIMESTAMP, 6);
            default -> super.createSqlType(name, precision);
        };
    }

    @Override
    public Charset getDefaultCharset() {
        return StandardCharsets.UTF_8;
    }
}
