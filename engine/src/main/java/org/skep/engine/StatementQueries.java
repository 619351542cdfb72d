package org.skep.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.skep.model.type.Schema;
import org.skep.parser.RowAction;
import org.skep.parser.Statement;
import org.skep.parser.Syntax;

/** What can be told of a statement without running it. */
final class StatementQueries {
    private StatementQueries() {}

    /** The query in a statement, or null. */
    static Syntax query(Statement statement) {
        return switch (statement.kind()) {
            case QUERY -> ((Statement.Query) statement).query();
            case EXPLAIN -> query(((Statement.Explain) statement).statement());
            case DESCRIBE_QUERY -> ((Statement.DescribeQuery) statement).query();
            case CREATE_TABLE_AS -> ((Statement.CreateTableAs) statement).query();
            case INSERT -> ((Statement.Insert) statement).query();
            case INSERT_DIRECTORY -> ((Statement.InsertDirectory) statement).query();
            case SET_SETTING,
                    RESET_SETTING,
                    USE,
                    SHOW_SETTINGS,
                    SHOW_TABLES,
                    SHOW_SCHEMAS,
                    SHOW_FUNCTIONS,
                    SHOW_COLUMNS,
                    SHOW_CREATE_TABLE,
                    SHOW_PARTITIONS,
                    SHOW_SKEW,
                    SHOW_TABLE_EXTENDED,
                    DESCRIBE,
                    CREATE_VIEW,
                    DROP_VIEW,
                    CREATE_SCHEMA,
                    DROP_SCHEMA,
                    CREATE_TABLE,
                    DROP_TABLE,
                    SHOW_SNAPSHOTS,
                    ROLLBACK_TABLE,
                    EXPIRE_SNAPSHOTS,
                    REMOVE_ORPHANS,
                    OPTIMIZE_TABLE,
                    ANALYZE_TABLE,
                    SHOW_STATISTICS,
                    TRUNCATE_TABLE,
                    CREATE_TABLE_LIKE,
                    ALTER_TABLE,
                    RENAME_VIEW,
                    ALTER_VIEW_QUERY,
                    INSERT_MANY,
                    CHANGE,
                    TRANSACTION ->
                    null;
        };
    }

    /** All queries and expressions in a statement that may have question marks. */
    static List<Syntax> all(Statement statement) {
        List<Syntax> all = new ArrayList<>();
        Statement inner =
                statement instanceof Statement.Explain explain ? explain.statement() : statement;
        if (inner instanceof Statement.InsertMany many) {
            many.inserts().forEach(insert -> all.addAll(all(insert)));
        } else if (inner instanceof Statement.Change change) {
            all.add(change.source());
            all.add(change.condition());
            for (RowAction action : change.actions()) {
                all.add(action.condition());
                all.addAll(action.values());
            }
        } else {
            all.add(query(inner));
        }
        if (inner instanceof Statement.Insert insert) {
            all.addAll(insert.partition().values());
        }
        all.removeIf(Objects::isNull);
        return all;
    }

    static boolean hasRows(Statement statement) {
        return !columns(statement).fields().isEmpty();
    }

    /** The columns that a statement other than a query gives; none when it gives no rows. */
    static Schema columns(Statement statement) {
        return switch (statement.kind()) {
            case EXPLAIN -> ShowCommands.strings("plan");
            case SHOW_SETTINGS -> ShowCommands.strings("setting", "value");
            case SHOW_TABLES -> ShowCommands.strings("schema", "name", "kind");
            case SHOW_SCHEMAS -> ShowCommands.strings("schema");
            case SHOW_FUNCTIONS -> ShowCommands.strings("function");
            case SHOW_COLUMNS -> ShowCommands.strings("column");
            case SHOW_CREATE_TABLE -> ShowCommands.strings("statement");
            case SHOW_PARTITIONS -> PartitionsCommand.columns();
            case SHOW_SKEW -> SkewCommand.COLUMNS;
            case SHOW_TABLE_EXTENDED -> DescribeCommand.tableColumns();
            case DESCRIBE -> described((Statement.Describe) statement);
            case DESCRIBE_QUERY -> DescribeCommand.columns();
            case SHOW_SNAPSHOTS -> SnapshotCommands.columns();
            case EXPIRE_SNAPSHOTS -> SnapshotCommands.expired();
            case REMOVE_ORPHANS -> SnapshotCommands.removed();
            case OPTIMIZE_TABLE -> OptimizeCommand.COLUMNS;
            case ANALYZE_TABLE -> AnalyzeCommand.COLUMNS;
            case SHOW_STATISTICS -> StatisticsCommand.COLUMNS;
            case QUERY,
                    SET_SETTING,
                    RESET_SETTING,
                    USE,
                    CREATE_VIEW,
                    DROP_VIEW,
                    CREATE_SCHEMA,
                    DROP_SCHEMA,
                    CREATE_TABLE,
                    CREATE_TABLE_AS,
                    DROP_TABLE,
                    INSERT,
                    INSERT_MANY,
                    INSERT_DIRECTORY,
                    ROLLBACK_TABLE,
                    TRUNCATE_TABLE,
                    CREATE_TABLE_LIKE,
                    ALTER_TABLE,
                    RENAME_VIEW,
                    ALTER_VIEW_QUERY,
                    CHANGE,
                    TRANSACTION ->
                    new Schema(List.of());
        };
    }

    private static Schema described(Statement.Describe describe) {
        if (describe.column() != null) {
            return StatisticsCommand.FACTS;
        }
        return describe.extended() ? DescribeCommand.extendedColumns() : DescribeCommand.columns();
    }

    /** Whether a statement can be part of a transaction. */
    static boolean isTransactional(Statement statement) {
        return switch (statement.kind()) {
            case QUERY,
                    EXPLAIN,
                    SET_SETTING,
                    RESET_SETTING,
                    USE,
                    SHOW_SETTINGS,
                    SHOW_TABLES,
                    SHOW_SCHEMAS,
                    SHOW_FUNCTIONS,
                    SHOW_COLUMNS,
                    SHOW_CREATE_TABLE,
                    SHOW_PARTITIONS,
                    SHOW_SKEW,
                    SHOW_TABLE_EXTENDED,
                    SHOW_SNAPSHOTS,
                    SHOW_STATISTICS,
                    DESCRIBE,
                    DESCRIBE_QUERY,
                    INSERT,
                    INSERT_MANY,
                    CHANGE,
                    TRUNCATE_TABLE,
                    TRANSACTION ->
                    true;
            case CREATE_VIEW -> ((Statement.CreateView) statement).temporary();
            case DROP_VIEW,
                    CREATE_SCHEMA,
                    DROP_SCHEMA,
                    CREATE_TABLE,
                    CREATE_TABLE_AS,
                    DROP_TABLE,
                    INSERT_DIRECTORY,
                    ROLLBACK_TABLE,
                    EXPIRE_SNAPSHOTS,
                    REMOVE_ORPHANS,
                    OPTIMIZE_TABLE,
                    ANALYZE_TABLE,
                    CREATE_TABLE_LIKE,
                    ALTER_TABLE,
                    RENAME_VIEW,
                    ALTER_VIEW_QUERY ->
                    false;
        };
    }
}
