package org.skep.engine;

import java.util.List;
import org.skep.model.error.Position;
import org.skep.model.settings.Settings;
import org.skep.model.spi.Backend;
import org.skep.model.type.Schema;

/**
 * The front door: one user's conversation with the engine, with its current schema, settings and
 * temporary views. Used by one thread at a time.
 */
public interface Session extends AutoCloseable {
    /**
     * Runs one statement. Parameters ({@code ?}) are bound in order as values, never as text: null,
     * Boolean, Integer, Long, Double, BigDecimal, String, byte[], LocalDate, LocalDateTime.
     *
     * @throws org.skep.model.error.QueryException with positions in {@code sql}
     */
    Result execute(String sql, List<Object> parameters);

    /**
     * Makes the statement that {@link #execute} is running, or whose result is being read, fail
     * with CANCELLED soon; does nothing when there is none. May be called by any thread.
     */
    void cancel();

    /** From now on {@code progress} hears how statements get on; {@code NONE} for nobody. */
    void listen(Backend.Progress progress);

    /** Checks a statement without running it. */
    Prepared prepare(String sql);

    /**
     * The statements of a script, in order, with where each begins in it. Comments and semicolons
     * between them are left out.
     */
    List<ScriptStatement> split(String script);

    Settings settings();

    /**
     * Changes a setting for the statements to come, as {@code SET name = value} does.
     *
     * @throws org.skep.model.error.QueryException SETTING_NOT_FOUND, INVALID_SETTING
     */
    void set(String name, String value);

    /** When what statements write is there for others. */
    enum Commit {
        /** When the statement is done, unless BEGIN has begun a transaction. */
        EACH_STATEMENT,
        /** When COMMIT says so: a transaction begins wherever none is open. */
        WHEN_TOLD
    }

    /** From now on; what is open stays open. */
    void commit(Commit when);

    /** Whether there is something for COMMIT or ROLLBACK to end. */
    boolean inTransaction();

    /** The schema in which unqualified names are looked up. */
    String currentSchema();

    void use(String schema);

    List<String> schemas();

    /** Tables and views of a schema, temporary ones included in every schema. */
    List<TableName> tables(String schema);

    /** The columns of a table or view. */
    Schema columns(TableName table);

    /** Names of all functions, for completion and metadata. */
    List<String> functions();

    /** Words that the grammar knows, for completion and highlighting. */
    List<String> keywords();

    @Override
    void close();

    /**
     * A checked statement.
     *
     * @param parameters how many question marks it has
     * @param hasRows whether it gives rows
     */
    record Prepared(Schema schema, int parameters, boolean hasRows) {}

    /**
     * A statement of a script.
     *
     * @param start where its first character stands in the script
     * @param terminated whether a semicolon ended it
     */
    record ScriptStatement(String sql, Position start, boolean terminated) {}

    /** A name in the catalog and what it stands for. */
    record TableName(String schema, String name, Kind kind) {
        /** What a name can stand for. */
        public enum Kind {
            TABLE,
            EXTERNAL_TABLE,
            VIEW,
            TEMPORARY_VIEW
        }
    }
}
