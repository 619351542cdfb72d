package org.skep.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.skep.engine.Result;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/** Runs statements, one at a time. Only {@link #cancel} may come from another thread. */
class SkepStatement implements Statement, WrittenFiles, Documents {
    final EmbeddedConnection connection;
    private final List<String> batch = new ArrayList<>();
    private SkepResultSet rows;
    private long updateCount = -1;
    private long writtenFiles = -1;
    private boolean document;
    private SQLWarning warnings;
    private int warned;
    private long maxRows;
    private int timeoutSeconds;
    private int fetchSize;
    private boolean closeOnCompletion;
    private boolean closed;
    private volatile Result running;
    private volatile boolean executing;

    SkepStatement(EmbeddedConnection connection) {
        this.connection = connection;
    }

    /** Runs a statement; whether it gives rows. */
    final boolean run(String sql, List<Object> parameters) throws SQLException {
        checkOpen();
        forget();
        clearWarnings();
        Timeout timeout = Timeout.start(timeoutSeconds, this::stop);
        boolean open = false;
        executing = true;
        try {
            Result result = connection.execute(sql, parameters);
            running = result;
            warned = 0;
            addWarnings();
            writtenFiles = result.fileCount();
            document = result.isDocument();
            updateCount = result.hasRows() ? -1 : Math.max(0, result.updateCount());
            if (result.hasRows()) {
                long limit = maxRows == 0 ? Long.MAX_VALUE : maxRows;
                rows = new SkepResultSet(result, this, sql, limit, timeout);
                open = true;
            } else {
                result.close();
            }
            return open;
        } catch (QueryException e) {
            throw e.code() == ErrorCode.CANCELLED && timeout.expired()
                    ? Failures.timeout(timeoutSeconds, e)
                    : Failures.of(e, sql);
        } finally {
            executing = false;
            if (!open) {
                running = null;
                timeout.stop();
            }
        }
    }

    /** Closes the result of the statement before, without closing this. */
    private void forget() throws SQLException {
        SkepResultSet old = rows;
        rows = null;
        updateCount = -1;
        writtenFiles = -1;
        document = false;
        if (old != null) {
            old.close();
        }
        running = null;
    }

    /** Called by the result when it is closed. */
    final void resultClosed() throws SQLException {
        addWarnings();
        running = null;
        if (closeOnCompletion && rows != null) {
            close();
        }
    }

    /** Takes over what the running result has warned of since it was last asked. */
    private void addWarnings() {
        if (running != null) {
            List<String> all = running.warnings();
            all.subList(warned, all.size()).forEach(this::warn);
            warned = all.size();
        }
    }

    private void warn(String message) {
        SQLWarning warning = new SQLWarning(message, "01000");
        if (warnings == null) {
            warnings = warning;
        } else {
            warnings.setNextWarning(warning);
        }
    }

    final void checkOpen() throws SQLException {
        if (closed) {
            throw Failures.closed("the statement");
        }
    }

    private void stop() {
        Result result = running;
        if (result != null) {
            result.cancel();
        } else if (executing) {
            connection.session().cancel();
        }
    }

    @Override
    public void cancel() {
        stop();
    }

    @Override
    public boolean execute(String sql) throws SQLException {
        return run(sql, List.of());
    }

    @Override
    public ResultSet executeQuery(String sql) throws SQLException {
        return onlyRows(run(sql, List.of()));
    }

    @Override
    public int executeUpdate(String sql) throws SQLException {
        return narrowed(executeLargeUpdate(sql));
    }

    @Override
    public long executeLargeUpdate(String sql) throws SQLException {
        return onlyCount(run(sql, List.of()));
    }

    final ResultSet onlyRows(boolean hasRows) throws SQLException {
        if (!hasRows) {
            throw Failures.argument("the statement gave no rows: run it with executeUpdate");
        }
        return rows;
    }

    final long onlyCount(boolean hasRows) throws SQLException {
        if (hasRows) {
            forget();
            throw Failures.argument("the statement gives rows: run it with executeQuery");
        }
        return updateCount;
    }

    static int narrowed(long count) {
        return (int) Math.min(count, Integer.MAX_VALUE);
    }

    @Override
    public boolean execute(String sql, int keys) throws SQLException {
        return execute(sql);
    }

    @Override
    public boolean execute(String sql, int[] keys) throws SQLException {
        return execute(sql);
    }

    @Override
    public boolean execute(String sql, String[] keys) throws SQLException {
        return execute(sql);
    }

    @Override
    public int executeUpdate(String sql, int keys) throws SQLException {
        return executeUpdate(sql);
    }

    @Override
    public int executeUpdate(String sql, int[] keys) throws SQLException {
        return executeUpdate(sql);
    }

    @Override
    public int executeUpdate(String sql, String[] keys) throws SQLException {
        return executeUpdate(sql);
    }

    @Override
    public ResultSet getGeneratedKeys() throws SQLException {
        throw Failures.unsupported("there are no generated keys");
    }

    @Override
    public void addBatch(String sql) throws SQLException {
        checkOpen();
        batch.add(sql);
    }

    @Override
    public void clearBatch() throws SQLException {
        checkOpen();
        batch.clear();
    }

    @Override
    public int[] executeBatch() throws SQLException {
        checkOpen();
        List<String> all = List.copyOf(batch);
        batch.clear();
        return Batches.run(all, sql -> onlyCount(run(sql, List.of())));
    }

    @Override
    public ResultSet getResultSet() throws SQLException {
        checkOpen();
        return rows;
    }

    @Override
    public int getUpdateCount() throws SQLException {
        return narrowed(getLargeUpdateCount());
    }

    @Override
    public long getLargeUpdateCount() throws SQLException {
        checkOpen();
        return updateCount;
    }

    @Override
    public long writtenFiles() throws SQLException {
        checkOpen();
        return writtenFiles;
    }

    @Override
    public boolean givesDocument() throws SQLException {
        checkOpen();
        return document;
    }

    @Override
    public boolean getMoreResults() throws SQLException {
        return getMoreResults(CLOSE_CURRENT_RESULT);
    }

    @Override
    public boolean getMoreResults(int current) throws SQLException {
        checkOpen();
        if (current == KEEP_CURRENT_RESULT) {
            rows = null;
            updateCount = -1;
        } else {
            forget();
        }
        return false;
    }

    @Override
    public void close() throws SQLException {
        if (!closed) {
            closed = true;
            forget();
            connection.statementClosed(this);
        }
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void closeOnCompletion() {
        closeOnCompletion = true;
    }

    @Override
    public boolean isCloseOnCompletion() {
        return closeOnCompletion;
    }

    @Override
    public int getMaxRows() {
        return narrowed(maxRows);
    }

    @Override
    public void setMaxRows(int max) throws SQLException {
        setLargeMaxRows(max);
    }

    @Override
    public long getLargeMaxRows() {
        return maxRows;
    }

    @Override
    public void setLargeMaxRows(long max) throws SQLException {
        maxRows = notNegative(max, "max rows");
    }

    @Override
    public int getQueryTimeout() {
        return timeoutSeconds;
    }

    @Override
    public void setQueryTimeout(int seconds) throws SQLException {
        timeoutSeconds = (int) notNegative(seconds, "query timeout");
    }

    @Override
    public void setFetchSize(int rowsHint) throws SQLException {
        fetchSize = (int) notNegative(rowsHint, "fetch size");
    }

    private static long notNegative(long value, String what) throws SQLException {
        if (value < 0) {
            throw Failures.argument("%s cannot be %d".formatted(what, value));
        }
        return value;
    }

    @Override
    public int getFetchSize() {
        return fetchSize;
    }

    @Override
    public void setFetchDirection(int direction) throws SQLException {
        if (direction != ResultSet.FETCH_FORWARD) {
            throw Failures.unsupported("results can only be read forward");
        }
    }

    @Override
    public int getFetchDirection() {
        return ResultSet.FETCH_FORWARD;
    }

    @Override
    public SQLWarning getWarnings() throws SQLException {
        checkOpen();
        addWarnings();
        return warnings;
    }

    @Override
    public void clearWarnings() {
        warnings = null;
    }

    @Override
    public int getMaxFieldSize() {
        return 0;
    }

    @Override
    public void setMaxFieldSize(int max) throws SQLException {
        if (max != 0) {
            throw Failures.unsupported("values are never cut");
        }
    }

    @Override
    public void setEscapeProcessing(boolean enable) {
        // JDBC escapes such as {d '2026-01-15'} are the parser's business
    }

    @Override
    public void setCursorName(String name) throws SQLException {
        throw Failures.unsupported("cursors have no names");
    }

    @Override
    public void setPoolable(boolean poolable) {
        // a hint; statements are not pooled
    }

    @Override
    public boolean isPoolable() {
        return false;
    }

    @Override
    public int getResultSetConcurrency() {
        return ResultSet.CONCUR_READ_ONLY;
    }

    @Override
    public int getResultSetType() {
        return ResultSet.TYPE_FORWARD_ONLY;
    }

    @Override
    public int getResultSetHoldability() {
        return ResultSet.HOLD_CURSORS_OVER_COMMIT;
    }

    @Override
    public Connection getConnection() {
        return connection;
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
