package org.skep.jdbc;

import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.skep.engine.Result;
import org.skep.engine.Session;
import org.skep.engine.Session.Commit;
import org.skep.model.error.QueryException;
import org.skep.model.spi.Backend;

/** A session of an engine in this JVM. The session is used by one thread at a time. */
final class EmbeddedConnection implements SkepConnection {
    private final String url;
    private final Session session;
    private final Runnable release;
    private boolean autoCommit = true;
    private final Object turn = new Object();
    private final Set<SkepStatement> statements = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param release gives back the engine, once
     */
    EmbeddedConnection(String url, Session session, Runnable release) {
        this.url = url;
        this.session = session;
        this.release = release;
    }

    /** What is asked of the session. */
    private interface Question<T> {
        T ask(Session session);
    }

    private <T> T ask(Question<T> question) throws SQLException {
        checkOpen();
        try {
            synchronized (turn) {
                return question.ask(session);
            }
        } catch (QueryException e) {
            throw Failures.of(e, null);
        }
    }

    Result execute(String sql, List<Object> parameters) throws SQLException {
        checkOpen();
        synchronized (turn) {
            return session.execute(sql, parameters);
        }
    }

    /** For cancelling, and for metadata, which takes its turn by {@link #turn}. */
    Session session() {
        return session;
    }

    Object turn() {
        return turn;
    }

    String url() {
        return url;
    }

    void statementClosed(SkepStatement statement) {
        statements.remove(statement);
    }

    private void checkOpen() throws SQLException {
        if (closed) {
            throw Failures.closed("the connection");
        }
    }

    @Override
    public List<ScriptStatement> split(String script) throws SQLException {
        checkOpen();
        try {
            synchronized (turn) {
                return session.split(script).stream()
                        .map(s -> new ScriptStatement(s.sql(), s.start(), s.terminated()))
                        .toList();
            }
        } catch (QueryException e) {
            throw Failures.of(e, script);
        }
    }

    @Override
    public List<String> keywords() throws SQLException {
        return ask(Session::keywords);
    }

    @Override
    public List<String> functions() throws SQLException {
        return ask(Session::functions);
    }

    @Override
    public Map<String, String> settings() throws SQLException {
        return ask(session -> session.settings().values());
    }

    @Override
    public void set(String name, String value) throws SQLException {
        ask(
                session -> {
                    session.set(name, value);
                    return null;
                });
    }

    @Override
    public void listen(Backend.Progress progress) throws SQLException {
        ask(
                session -> {
                    session.listen(progress);
                    return null;
                });
    }

    @Override
    public Statement createStatement() throws SQLException {
        checkOpen();
        SkepStatement statement = new SkepStatement(this);
        statements.add(statement);
        return statement;
    }

    @Override
    public Statement createStatement(int type, int concurrency) throws SQLException {
        checkForwardReadOnly(type, concurrency);
        return createStatement();
    }

    @Override
    public Statement createStatement(int type, int concurrency, int holdability)
            throws SQLException {
        return createStatement(type, concurrency);
    }

    @Override
    public PreparedStatement prepareStatement(String sql) throws SQLException {
        checkOpen();
        Session.Prepared prepared;
        try {
            synchronized (turn) {
                prepared = session.prepare(sql);
            }
        } catch (QueryException e) {
            throw Failures.of(e, sql);
        }
        SkepPreparedStatement statement = new SkepPreparedStatement(this, sql, prepared);
        statements.add(statement);
        return statement;
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency)
            throws SQLException {
        checkForwardReadOnly(type, concurrency);
        return prepareStatement(sql);
    }

    @Override
    public PreparedStatement prepareStatement(
            String sql, int type, int concurrency, int holdability) throws SQLException {
        return prepareStatement(sql, type, concurrency);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int keys) throws SQLException {
        return prepareStatement(sql);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] keys) throws SQLException {
        return prepareStatement(sql);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] keys) throws SQLException {
        return prepareStatement(sql);
    }

    private static void checkForwardReadOnly(int type, int concurrency) throws SQLException {
        if (type != ResultSet.TYPE_FORWARD_ONLY || concurrency != ResultSet.CONCUR_READ_ONLY) {
            throw Failures.unsupported("results are forward-only and read-only");
        }
    }

    @Override
    public CallableStatement prepareCall(String sql) throws SQLException {
        throw Failures.unsupported("there are no stored procedures");
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency)
            throws SQLException {
        return prepareCall(sql);
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability)
            throws SQLException {
        return prepareCall(sql);
    }

    @Override
    public String nativeSQL(String sql) {
        return sql;
    }

    /** Switched off, a transaction begins with the first query or change and ends when told. */
    @Override
    public void setAutoCommit(boolean autoCommit) throws SQLException {
        if (autoCommit && !this.autoCommit) {
            commit();
        }
        this.autoCommit = autoCommit;
        ask(
                session -> {
                    session.commit(autoCommit ? Commit.EACH_STATEMENT : Commit.WHEN_TOLD);
                    return null;
                });
    }

    @Override
    public boolean getAutoCommit() {
        return autoCommit;
    }

    @Override
    public void commit() throws SQLException {
        end("COMMIT");
    }

    @Override
    public void rollback() throws SQLException {
        end("ROLLBACK");
    }

    private void end(String how) throws SQLException {
        ask(session -> session.inTransaction() ? session.execute(how, List.of()) : null);
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        throw Failures.unsupported("there are no savepoints");
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        throw Failures.unsupported("there are no savepoints");
    }

    @Override
    public Savepoint setSavepoint(String name) throws SQLException {
        return setSavepoint();
    }

    @Override
    public void releaseSavepoint(Savepoint savepoint) throws SQLException {
        setSavepoint();
    }

    @Override
    public void setTransactionIsolation(int level) throws SQLException {
        checkOpen(); // tables stay as they were when first looked at, whatever is asked
    }

    @Override
    public int getTransactionIsolation() {
        return TRANSACTION_REPEATABLE_READ;
    }

    @Override
    public void close() throws SQLException {
        synchronized (statements) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            for (SkepStatement statement : List.copyOf(statements)) {
                statement.close();
            }
            session.close();
        } catch (QueryException e) {
            throw Failures.of(e, null);
        } finally {
            release.run();
        }
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public boolean isValid(int seconds) throws SQLException {
        if (seconds < 0) {
            throw Failures.argument("timeout cannot be " + seconds);
        }
        return !closed;
    }

    @Override
    public void abort(Executor executor) throws SQLException {
        if (!closed) {
            session.cancel();
            close();
        }
    }

    @Override
    public DatabaseMetaData getMetaData() throws SQLException {
        checkOpen();
        return new SkepDatabaseMetaData(this);
    }

    @Override
    public void setSchema(String schema) throws SQLException {
        ask(
                session -> {
                    session.use(schema);
                    return null;
                });
    }

    @Override
    public String getSchema() throws SQLException {
        return ask(Session::currentSchema);
    }

    @Override
    public void setCatalog(String catalog) {
        // there is only one, without a name: JDBC asks to ignore this
    }

    @Override
    public String getCatalog() {
        return null;
    }

    @Override
    public void setReadOnly(boolean readOnly) {
        // a hint
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public SQLWarning getWarnings() throws SQLException {
        checkOpen();
        return null; // statements warn, connections do not
    }

    @Override
    public void clearWarnings() {
        // there are none
    }

    @Override
    public Map<String, Class<?>> getTypeMap() {
        return Map.of();
    }

    @Override
    public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
        if (!map.isEmpty()) {
            throw Failures.unsupported("type maps");
        }
    }

    @Override
    public void setHoldability(int holdability) throws SQLException {
        if (holdability != ResultSet.HOLD_CURSORS_OVER_COMMIT) {
            throw Failures.unsupported("results are always held over commit");
        }
    }

    @Override
    public int getHoldability() {
        return ResultSet.HOLD_CURSORS_OVER_COMMIT;
    }

    @Override
    public void setNetworkTimeout(Executor executor, int milliseconds) {
        // there is no network in between
    }

    @Override
    public int getNetworkTimeout() {
        return 0;
    }

    @Override
    public void setClientInfo(String name, String value) {
        // nobody asks who the client is
    }

    @Override
    public void setClientInfo(Properties properties) {
        // nobody asks who the client is
    }

    @Override
    public String getClientInfo(String name) {
        return null;
    }

    @Override
    public Properties getClientInfo() {
        return new Properties();
    }

    @Override
    public Clob createClob() throws SQLException {
        throw Failures.unsupported("there are no CLOBs: use setString");
    }

    @Override
    public Blob createBlob() throws SQLException {
        throw Failures.unsupported("there are no BLOBs: use setBytes");
    }

    @Override
    public NClob createNClob() throws SQLException {
        throw Failures.unsupported("there are no NCLOBs: use setString");
    }

    @Override
    public SQLXML createSQLXML() throws SQLException {
        throw Failures.unsupported("there is no XML type");
    }

    @Override
    public Array createArrayOf(String typeName, Object[] elements) throws SQLException {
        throw Failures.unsupported("arrays as parameters");
    }

    @Override
    public Struct createStruct(String typeName, Object[] attributes) throws SQLException {
        throw Failures.unsupported("structs as parameters");
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
