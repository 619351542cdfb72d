package org.skep.jdbc;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Date;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.Calendar;
import java.util.Map;
import org.skep.engine.Result;
import org.skep.model.data.Batch;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.type.Schema;

/** A result, read batch by batch as the engine makes them; nothing is collected. */
final class SkepResultSet extends ForwardResultSet {
    private final Result result;
    private final Schema schema;
    private final SkepStatement statement;
    private final String sql;
    private final Timeout timeout;
    private final Cell[] cells;
    private long rowsLeft;
    private long rowNumber;
    private int batchRows;
    private int row;
    private boolean wasNull;
    private boolean ended;
    private volatile boolean closed;

    /**
     * @param statement whose result it is, null for none
     * @param sql its text, for messages
     * @param maxRows after how many rows it ends
     */
    SkepResultSet(
            Result result, SkepStatement statement, String sql, long maxRows, Timeout timeout) {
        this.result = result;
        this.schema = result.schema();
        this.statement = statement;
        this.sql = sql;
        this.timeout = timeout;
        this.rowsLeft = maxRows;
        this.cells = new Cell[schema.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = Cell.of(schema.type(i));
        }
    }

    static SkepResultSet over(MemoryResult result) {
        return new SkepResultSet(result, null, null, Long.MAX_VALUE, Timeout.NONE);
    }

    @Override
    public boolean next() throws SQLException {
        checkOpen();
        if (ended || rowsLeft == 0) {
            end();
            return false;
        }
        if (row + 1 < batchRows) {
            row++;
        } else if (!nextBatch()) {
            end();
            return false;
        }
        rowsLeft--;
        rowNumber++;
        return true;
    }

    private boolean nextBatch() throws SQLException {
        try {
            Batch batch = result.next();
            if (batch == null) {
                return false;
            }
            for (int i = 0; i < cells.length; i++) {
                cells[i].bind(batch.column(i));
            }
            batchRows = batch.rows();
            row = 0;
            return true;
        } catch (QueryException e) {
            ended = true;
            if (closed) {
                throw Failures.closed("the result");
            }
            throw e.code() == ErrorCode.CANCELLED && timeout.expired()
                    ? Failures.timeout(timeout.seconds(), e)
                    : Failures.of(e, sql);
        }
    }

    private void end() {
        ended = true;
        batchRows = 0;
        timeout.stop();
        result.close();
    }

    @Override
    public void close() throws SQLException {
        if (!closed) {
            closed = true;
            timeout.stop();
            result.close();
            if (statement != null) {
                statement.resultClosed();
            }
        }
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    private void checkOpen() throws SQLException {
        if (closed) {
            throw Failures.closed("the result");
        }
    }

    /** The cell of a column at the current row, or null when the value there is null. */
    private Cell cell(int column) throws SQLException {
        checkOpen();
        if (column < 1 || column > cells.length) {
            throw Failures.argument("no column %d: there are %d".formatted(column, cells.length));
        }
        if (rowNumber == 0 || ended) {
            throw Failures.argument("no row here: call next() first, and stop when it is false");
        }
        Cell cell = cells[column - 1];
        wasNull = cell.isNull(row);
        return wasNull ? null : cell;
    }

    private int place(Cell cell) {
        return cell.place(row);
    }

    @Override
    public boolean wasNull() {
        return wasNull;
    }

    @Override
    public String getString(int column) throws SQLException {
        Cell cell = cell(column);
        return cell == null ? null : cell.text(place(cell));
    }

    @Override
    public String getNString(int column) throws SQLException {
        return getString(column);
    }

    @Override
    public boolean getBoolean(int column) throws SQLException {
        Cell cell = cell(column);
        return cell != null && cell.bool(place(cell));
    }

    @Override
    public byte getByte(int column) throws SQLException {
        return (byte) ranged(column, Byte.MIN_VALUE, Byte.MAX_VALUE, "a byte");
    }

    @Override
    public short getShort(int column) throws SQLException {
        return (short) ranged(column, Short.MIN_VALUE, Short.MAX_VALUE, "a short");
    }

    @Override
    public int getInt(int column) throws SQLException {
        return (int) ranged(column, Integer.MIN_VALUE, Integer.MAX_VALUE, "an int");
    }

    private long ranged(int column, long least, long most, String what) throws SQLException {
        long value = getLong(column);
        if (value < least || value > most) {
            throw Failures.overflow(value, what);
        }
        return value;
    }

    @Override
    public long getLong(int column) throws SQLException {
        Cell cell = cell(column);
        return cell == null ? 0 : cell.integer(place(cell));
    }

    @Override
    public float getFloat(int column) throws SQLException {
        return (float) getDouble(column);
    }

    @Override
    public double getDouble(int column) throws SQLException {
        Cell cell = cell(column);
        return cell == null ? 0 : cell.floating(place(cell));
    }

    @Override
    public BigDecimal getBigDecimal(int column) throws SQLException {
        Cell cell = cell(column);
        return cell == null ? null : cell.decimal(place(cell));
    }

    @Override
    @Deprecated
    public BigDecimal getBigDecimal(int column, int scale) throws SQLException {
        BigDecimal value = getBigDecimal(column);
        return value == null ? null : value.setScale(scale, RoundingMode.HALF_UP);
    }

    @Override
    public byte[] getBytes(int column) throws SQLException {
        Cell cell = cell(column);
        return cell == null ? null : cell.bytes(place(cell));
    }

    @Override
    public Date getDate(int column) throws SQLException {
        Cell cell = cell(column);
        return cell == null ? null : Date.valueOf(cell.date(place(cell)));
    }

    @Override
    public Date getDate(int column, Calendar calendar) throws SQLException {
        Cell cell = cell(column);
        return cell == null
                ? null
                : new Date(millis(cell.date(place(cell)).atStartOfDay(), calendar));
    }

    @Override
    public Timestamp getTimestamp(int column) throws SQLException {
        Cell cell = cell(column);
        return cell == null ? null : Timestamp.valueOf(cell.timestamp(place(cell)));
    }

    @Override
    public Timestamp getTimestamp(int column, Calendar calendar) throws SQLException {
        Cell cell = cell(column);
        if (cell == null) {
            return null;
        }
        LocalDateTime value = cell.timestamp(place(cell));
        Timestamp timestamp = new Timestamp(millis(value, calendar));
        timestamp.setNanos(value.getNano());
        return timestamp;
    }

    private static long millis(LocalDateTime value, Calendar calendar) {
        return value.atZone(calendar.getTimeZone().toZoneId()).toInstant().toEpochMilli();
    }

    @Override
    public InputStream getAsciiStream(int column) throws SQLException {
        String text = getString(column);
        return text == null
                ? null
                : new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public InputStream getBinaryStream(int column) throws SQLException {
        byte[] bytes = getBytes(column);
        return bytes == null ? null : new ByteArrayInputStream(bytes);
    }

    @Override
    public Reader getCharacterStream(int column) throws SQLException {
        String text = getString(column);
        return text == null ? null : new StringReader(text);
    }

    @Override
    public Reader getNCharacterStream(int column) throws SQLException {
        return getCharacterStream(column);
    }

    @Override
    public Array getArray(int column) throws SQLException {
        return getObject(column, Array.class);
    }

    @Override
    public Object getObject(int column) throws SQLException {
        Cell cell = cell(column);
        return cell == null ? null : cell.object(place(cell));
    }

    @Override
    public Object getObject(int column, Map<String, Class<?>> types) throws SQLException {
        return getObject(column);
    }

    @Override
    public <T> T getObject(int column, Class<T> wanted) throws SQLException {
        if (wanted == null) {
            throw Failures.argument("no class given for column " + column);
        }
        Cell cell = cell(column);
        return cell == null ? null : wanted.cast(Conversions.to(wanted, cell, place(cell)));
    }

    @Override
    public int findColumn(String label) throws SQLException {
        checkOpen();
        int found = label == null ? -1 : schema.indexOf(label);
        if (found < 0) {
            QueryException missing =
                    new QueryException(
                            ErrorCode.COLUMN_NOT_FOUND,
                            "no column '%s' in the result".formatted(label),
                            "its columns are " + String.join(", ", schema.names()));
            throw Failures.of(missing, null);
        }
        return found + 1;
    }

    @Override
    public ResultSetMetaData getMetaData() throws SQLException {
        checkOpen();
        return new SkepResultSetMetaData(schema);
    }

    @Override
    public Statement getStatement() {
        return statement;
    }

    @Override
    public SQLWarning getWarnings() throws SQLException {
        checkOpen();
        return null; // the statement has them
    }

    @Override
    public void clearWarnings() {
        // there are none here
    }

    @Override
    public int getRow() {
        return ended ? 0 : (int) Math.min(rowNumber, Integer.MAX_VALUE);
    }

    @Override
    public boolean isBeforeFirst() throws SQLException {
        throw Failures.unsupported("whether there is a first row is known after next()");
    }

    @Override
    public boolean isAfterLast() {
        return ended && rowNumber > 0;
    }

    @Override
    public boolean isFirst() {
        return rowNumber == 1 && !ended;
    }

    @Override
    public boolean isLast() throws SQLException {
        throw Failures.unsupported("whether a row is the last is known after next()");
    }

    @Override
    public void setFetchDirection(int direction) throws SQLException {
        if (direction != FETCH_FORWARD) {
            throw Failures.unsupported("a result can only be read forward");
        }
    }

    @Override
    public int getFetchDirection() {
        return FETCH_FORWARD;
    }

    @Override
    public void setFetchSize(int rows) {
        // a hint; batches have the size that the engine reads best
    }

    @Override
    public int getFetchSize() {
        return 0;
    }

    @Override
    public int getType() {
        return TYPE_FORWARD_ONLY;
    }

    @Override
    public int getConcurrency() {
        return CONCUR_READ_ONLY;
    }

    @Override
    public int getHoldability() {
        return HOLD_CURSORS_OVER_COMMIT;
    }

    @Override
    public String getCursorName() throws SQLException {
        throw Failures.unsupported("cursors have no names");
    }

    @Override
    public boolean rowUpdated() {
        return false;
    }

    @Override
    public boolean rowInserted() {
        return false;
    }

    @Override
    public boolean rowDeleted() {
        return false;
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
