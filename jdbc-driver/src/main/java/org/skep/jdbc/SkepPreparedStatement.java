package org.skep.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.ParameterMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import org.skep.engine.Session.Prepared;

/** A statement that was checked once, with values for its question marks. */
final class SkepPreparedStatement extends BoundStatement {
    private static final Object UNSET = new Object();

    private final String sql;
    private final Prepared prepared;
    private final Object[] values;
    private final List<List<Object>> batch = new ArrayList<>();

    SkepPreparedStatement(EmbeddedConnection connection, String sql, Prepared prepared) {
        super(connection);
        this.sql = sql;
        this.prepared = prepared;
        this.values = new Object[prepared.parameters()];
        Arrays.fill(values, UNSET);
    }

    private void set(int parameter, Object value) throws SQLException {
        checkOpen();
        if (parameter < 1 || parameter > values.length) {
            throw Failures.argument(
                    "no parameter %d: the statement has %d".formatted(parameter, values.length));
        }
        values[parameter - 1] = value;
    }

    private List<Object> bound() throws SQLException {
        checkOpen();
        for (int i = 0; i < values.length; i++) {
            if (values[i] == UNSET) {
                throw new SQLException("parameter %d is not set".formatted(i + 1), "07001");
            }
        }
        return new ArrayList<>(Arrays.asList(values));
    }

    @Override
    public boolean execute() throws SQLException {
        return run(sql, bound());
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        return onlyRows(run(sql, bound()));
    }

    @Override
    public int executeUpdate() throws SQLException {
        return narrowed(executeLargeUpdate());
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        return onlyCount(run(sql, bound()));
    }

    @Override
    public void addBatch() throws SQLException {
        batch.add(bound());
    }

    @Override
    public void clearBatch() throws SQLException {
        checkOpen();
        batch.clear();
    }

    @Override
    public int[] executeBatch() throws SQLException {
        checkOpen();
        List<List<Object>> all = List.copyOf(batch);
        batch.clear();
        return Batches.run(all, row -> onlyCount(run(sql, row)));
    }

    @Override
    public void clearParameters() throws SQLException {
        checkOpen();
        Arrays.fill(values, UNSET);
    }

    @Override
    public ResultSetMetaData getMetaData() throws SQLException {
        checkOpen();
        return prepared.hasRows() ? new SkepResultSetMetaData(prepared.schema()) : null;
    }

    @Override
    public ParameterMetaData getParameterMetaData() throws SQLException {
        checkOpen();
        return new SkepParameterMetaData(values.length);
    }

    @Override
    public void setNull(int parameter, int type) throws SQLException {
        set(parameter, null);
    }

    @Override
    public void setNull(int parameter, int type, String name) throws SQLException {
        set(parameter, null);
    }

    @Override
    public void setBoolean(int parameter, boolean value) throws SQLException {
        set(parameter, value);
    }

    @Override
    public void setByte(int parameter, byte value) throws SQLException {
        set(parameter, (int) value);
    }

    @Override
    public void setShort(int parameter, short value) throws SQLException {
        set(parameter, (int) value);
    }

    @Override
    public void setInt(int parameter, int value) throws SQLException {
        set(parameter, value);
    }

    @Override
    public void setLong(int parameter, long value) throws SQLException {
        set(parameter, value);
    }

    @Override
    public void setFloat(int parameter, float value) throws SQLException {
        set(parameter, (double) value);
    }

    @Override
    public void setDouble(int parameter, double value) throws SQLException {
        set(parameter, value);
    }

    @Override
    public void setBigDecimal(int parameter, BigDecimal value) throws SQLException {
        set(parameter, value);
    }

    @Override
    public void setString(int parameter, String value) throws SQLException {
        set(parameter, value);
    }

    @Override
    public void setNString(int parameter, String value) throws SQLException {
        set(parameter, value);
    }

    @Override
    public void setBytes(int parameter, byte[] value) throws SQLException {
        set(parameter, value == null ? null : value.clone());
    }

    @Override
    public void setDate(int parameter, Date value) throws SQLException {
        set(parameter, Parameters.date(value, null));
    }

    @Override
    public void setDate(int parameter, Date value, Calendar calendar) throws SQLException {
        set(parameter, Parameters.date(value, calendar));
    }

    @Override
    public void setTimestamp(int parameter, Timestamp value) throws SQLException {
        set(parameter, Parameters.dateTime(value, null));
    }

    @Override
    public void setTimestamp(int parameter, Timestamp value, Calendar calendar)
            throws SQLException {
        set(parameter, Parameters.dateTime(value, calendar));
    }

    @Override
    public void setObject(int parameter, Object value) throws SQLException {
        set(parameter, Parameters.bound(value));
    }

    @Override
    public void setObject(int parameter, Object value, int type) throws SQLException {
        set(parameter, Parameters.bound(value, type));
    }

    @Override
    public void setObject(int parameter, Object value, int type, int scale) throws SQLException {
        Object bound = Parameters.bound(value, type);
        set(
                parameter,
                bound instanceof BigDecimal decimal
                        ? decimal.setScale(scale, java.math.RoundingMode.HALF_UP)
                        : bound);
    }

    @Override
    void setText(int parameter, Reader text, long length) throws SQLException {
        if (text == null) {
            set(parameter, null);
            return;
        }
        try {
            StringWriter copy = new StringWriter();
            text.transferTo(copy);
            String all = copy.toString();
            set(
                    parameter,
                    length < 0 ? all : all.substring(0, (int) Math.min(length, all.length())));
        } catch (IOException e) {
            throw new SQLException("cannot read the text of parameter " + parameter, "58030", e);
        }
    }

    @Override
    void setAscii(int parameter, InputStream text, long length) throws SQLException {
        byte[] bytes = read(parameter, text, length);
        set(parameter, bytes == null ? null : new String(bytes, StandardCharsets.US_ASCII));
    }

    @Override
    void setBinary(int parameter, InputStream bytes, long length) throws SQLException {
        set(parameter, read(parameter, bytes, length));
    }

    private static byte[] read(int parameter, InputStream in, long length) throws SQLException {
        try {
            int most = (int) Math.min(length < 0 ? Integer.MAX_VALUE : length, Integer.MAX_VALUE);
            return in == null ? null : in.readNBytes(most);
        } catch (IOException e) {
            throw new SQLException("cannot read the bytes of parameter " + parameter, "58030", e);
        }
    }
}
