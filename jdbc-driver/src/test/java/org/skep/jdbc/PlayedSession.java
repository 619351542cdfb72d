package org.skep.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.skep.engine.Result;
import org.skep.engine.Session;
import org.skep.model.data.Batch;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.Position;
import org.skep.model.error.QueryException;
import org.skep.model.settings.Settings;
import org.skep.model.spi.Backend;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/**
 * A session whose statements take as long as a test needs: {@code numbers} gives batches of three
 * rows for ever, {@code stuck} runs until it is cancelled, {@code insert} writes five rows and
 * warns, {@code wrong} fails at its second word.
 */
final class PlayedSession implements Session {
    private static final Schema NUMBERS = Schema.of(new Field("n", Type.BIGINT));

    final List<List<Object>> parameters = new ArrayList<>();
    final CountDownLatch executing = new CountDownLatch(1);
    private final CountDownLatch cancelled = new CountDownLatch(1);
    int open;
    boolean closed;
    long batches;
    Commit commit = Commit.EACH_STATEMENT;
    boolean transaction;
    final List<String> ended = new ArrayList<>();
    private Settings settings = Settings.defaults();
    private String schema = "default";

    @Override
    public Result execute(String sql, List<Object> values) {
        parameters.add(values);
        executing.countDown();
        switch (sql.split(" ")[0]) {
            case "COMMIT", "ROLLBACK" -> {
                transaction = false;
                ended.add(sql);
                return new Played(false);
            }
            case "stuck" -> {
                awaitCancel();
                throw new QueryException(ErrorCode.CANCELLED, "cancelled");
            }
            case "wrong" ->
                    throw new QueryException(
                            ErrorCode.COLUMN_NOT_FOUND,
                            Position.at(1, 7).to(Position.at(1, 9)),
                            "no column 'foo'",
                            "did you mean 'fool'?");
            default -> {
                open++;
                return new Played(sql.startsWith("numbers"));
            }
        }
    }

    private void awaitCancel() {
        try {
            if (!cancelled.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("never cancelled");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void cancel() {
        cancelled.countDown();
    }

    @Override
    public void listen(Backend.Progress progress) {
        progress.stageStarted(0, 1);
    }

    @Override
    public Prepared prepare(String sql) {
        return new Prepared(NUMBERS, (int) sql.chars().filter(c -> c == '?').count(), true);
    }

    @Override
    public List<ScriptStatement> split(String script) {
        return List.of(new ScriptStatement(script, Position.at(1, 1), false));
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public void set(String name, String value) {
        settings = settings.with(name, value);
    }

    @Override
    public void commit(Commit when) {
        commit = when;
    }

    @Override
    public boolean inTransaction() {
        return transaction;
    }

    @Override
    public String currentSchema() {
        return schema;
    }

    @Override
    public void use(String name) {
        schema = name;
    }

    @Override
    public List<String> schemas() {
        return List.of("default", "sales");
    }

    @Override
    public List<TableName> tables(String name) {
        return List.of(
                new TableName(name, "t_1", TableName.Kind.EXTERNAL_TABLE),
                new TableName(name, "recent", TableName.Kind.TEMPORARY_VIEW));
    }

    @Override
    public Schema columns(TableName table) {
        return Schema.parse("id BIGINT NOT NULL, price DECIMAL(10,2)");
    }

    @Override
    public List<String> functions() {
        return List.of("upper", "abs");
    }

    @Override
    public List<String> keywords() {
        return List.of("SELECT", "FROM");
    }

    @Override
    public void close() {
        closed = true;
    }

    private final class Played implements Result {
        private final boolean rows;
        private boolean done;
        private volatile boolean stopped;

        Played(boolean rows) {
            this.rows = rows;
        }

        @Override
        public Schema schema() {
            return rows ? NUMBERS : Schema.of();
        }

        @Override
        public boolean hasRows() {
            return rows;
        }

        @Override
        public long updateCount() {
            return rows ? -1 : 5;
        }

        @Override
        public long fileCount() {
            return -1;
        }

        @Override
        public Batch next() {
            if (stopped) {
                throw new QueryException(ErrorCode.CANCELLED, "cancelled");
            }
            batches++;
            ColumnBuilder numbers = ColumnBuilder.of(Type.BIGINT, 3);
            for (int i = 0; i < 3; i++) {
                numbers.appendLong(3 * batches - 2 + i);
            }
            return new Batch(3, numbers.build());
        }

        @Override
        public List<String> warnings() {
            return rows ? List.of() : List.of("one", "two");
        }

        @Override
        public void cancel() {
            stopped = true;
        }

        @Override
        public void close() {
            if (!done) {
                done = true;
                open--;
            }
        }
    }
}
