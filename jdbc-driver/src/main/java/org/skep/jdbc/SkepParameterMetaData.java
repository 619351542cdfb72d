package org.skep.jdbc;

import java.sql.ParameterMetaData;
import java.sql.SQLException;
import java.sql.Types;

/** The question marks of a statement. Their types are those of the values set for them. */
record SkepParameterMetaData(int count) implements ParameterMetaData {
    private void check(int parameter) throws SQLException {
        if (parameter < 1 || parameter > count) {
            throw Failures.argument("no parameter %d: there are %d".formatted(parameter, count));
        }
    }

    @Override
    public int getParameterCount() {
        return count;
    }

    @Override
    public int isNullable(int parameter) throws SQLException {
        check(parameter);
        return parameterNullableUnknown;
    }

    @Override
    public boolean isSigned(int parameter) throws SQLException {
        check(parameter);
        return true;
    }

    @Override
    public int getPrecision(int parameter) throws SQLException {
        check(parameter);
        return 0;
    }

    @Override
    public int getScale(int parameter) throws SQLException {
        check(parameter);
        return 0;
    }

    @Override
    public int getParameterType(int parameter) throws SQLException {
        check(parameter);
        return Types.OTHER;
    }

    @Override
    public String getParameterTypeName(int parameter) throws SQLException {
        check(parameter);
        return "ANY";
    }

    @Override
    public String getParameterClassName(int parameter) throws SQLException {
        check(parameter);
        return Object.class.getName();
    }

    @Override
    public int getParameterMode(int parameter) throws SQLException {
        check(parameter);
        return parameterModeIn;
    }

    @Override
    public <T> T unwrap(Class<T> wanted) throws SQLException {
        return Wrapping.unwrap(this, wanted);
    }

    @Override
    public boolean isWrapperFor(Class<?> wanted) {
        return wanted.isInstance(this);
    }
}
