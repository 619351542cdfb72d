package org.skep.parser;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.skep.model.error.Position;
import org.skep.model.type.Field;

/** What a user can ask for. Option and property keys are lower case; absent texts are null. */
public sealed interface Statement {
    /** One constant per record below; {@code StatementKindTest} keeps them in step. */
    enum Kind {
        QUERY,
        EXPLAIN,
        SET_SETTING,
        RESET_SETTING,
        SHOW_SETTINGS,
        USE,
        SHOW_TABLES,
        SHOW_SCHEMAS,
        SHOW_COLUMNS,
        SHOW_FUNCTIONS,
        SHOW_CREATE_TABLE,
        SHOW_PARTITIONS,
        SHOW_SKEW,
        DESCRIBE,
        DESCRIBE_QUERY,
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
        SHOW_TABLE_EXTENDED,
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
        CHANGE,
        TRANSACTION
    }

    /**
     * {@code ANALYZE TABLE t COMPUTE STATISTICS FOR COLUMNS a, b}.
     *
     * @param partition the columns of a PARTITION clause; empty without one
     * @param columns those of {@link Analyzed#NAMED}
     */
    record AnalyzeTable(Name name, List<Name> partition, Analyzed analyzed, List<Name> columns)
            implements Statement {
        /** What is to be known. */
        public enum Analyzed {
            /** How many rows there are: NOSCAN. */
            ROWS,
            NAMED,
            ALL
        }

        public AnalyzeTable {
            partition = List.copyOf(partition);
            columns = List.copyOf(columns);
        }

        @Override
        public Kind kind() {
            return Kind.ANALYZE_TABLE;
        }
    }

    record ShowStatistics(Name name) implements Statement {
        @Override
        public Kind kind() {
            return Kind.SHOW_STATISTICS;
        }
    }

    Kind kind();

    /** What to do when the thing to be made is already there. */
    enum Existing {
        FAIL,
        SKIP,
        REPLACE
    }

    /** What to do with a transaction. */
    enum Verb {
        BEGIN,
        COMMIT,
        ROLLBACK
    }

    /** What EXPLAIN shows. */
    enum Mode {
        ANALYZE,
        VERBOSE,
        CODEGEN,
        WHY,
        MAPREDUCE,
        LOGICAL
    }

    /** How EXPLAIN shows it. */
    enum Format {
        TEXT,
        JSON,
        HTML
    }

    record Query(Syntax query, String sql) implements Statement {
        @Override
        public Kind kind() {
            return Kind.QUERY;
        }
    }

    /**
     * EXPLAIN.
     *
     * @param modes all that is to be shown; the plan alone when there are none
     */
    record Explain(Statement statement, Set<Mode> modes, Format format) implements Statement {
        public Explain {
            modes = Collections.unmodifiableSet(modes.isEmpty() ? modes : EnumSet.copyOf(modes));
        }

        @Override
        public Kind kind() {
            return Kind.EXPLAIN;
        }
    }

    record SetSetting(String key, String value, Position position) implements Statement {
        @Override
        public Kind kind() {
            return Kind.SET_SETTING;
        }
    }

    /**
     * RESET.
     *
     * @param key null for all settings
     */
    record ResetSetting(String key, Position position) implements Statement {
        @Override
        public Kind kind() {
            return Kind.RESET_SETTING;
        }
    }

    record ShowSettings(String pattern) implements Statement {
        @Override
        public Kind kind() {
            return Kind.SHOW_SETTINGS;
        }
    }

    record Use(Name schema) implements Statement {
        @Override
        public Kind kind() {
            return Kind.USE;
        }
    }

    /** SHOW SKEW FOR QUERY LAST. */
    record ShowSkew() implements Statement {
        @Override
        public Kind kind() {
            return Kind.SHOW_SKEW;
        }
    }

    record ShowTables(Name schema, String pattern) implements Statement {
        @Override
        public Kind kind() {
            return Kind.SHOW_TABLES;
        }
    }

    record ShowSchemas(String pattern) implements Statement {
        @Override
        public Kind kind() {
            return Kind.SHOW_SCHEMAS;
        }
    }

    record ShowColumns(Name name) implements Statement {
        @Override
        public Kind kind() {
            return Kind.SHOW_COLUMNS;
        }
    }

    record ShowFunctions(String pattern) implements Statement {
        @Override
        public Kind kind() {
            return Kind.SHOW_FUNCTIONS;
        }
    }

    record ShowCreateTable(Name name) implements Statement {
        @Override
        public Kind kind() {
            return Kind.SHOW_CREATE_TABLE;
        }
    }

    record ShowPartitions(Name name) implements Statement {
        @Override
        public Kind kind() {
            return Kind.SHOW_PARTITIONS;
        }
    }

    record Describe(Name name, Name column, boolean extended) implements Statement {
        @Override
        public Kind kind() {
            return Kind.DESCRIBE;
        }
    }

    record DescribeQuery(Syntax query) implements Statement {
        @Override
        public Kind kind() {
            return Kind.DESCRIBE_QUERY;
        }
    }

    /**
     * CREATE VIEW.
     *
     * @param columns names for the query's columns, empty to keep the query's own
     * @param querySql the query as typed, for the catalog
     */
    record CreateView(
            Name name,
            List<String> columns,
            Syntax query,
            String querySql,
            Existing existing,
            boolean temporary)
            implements Statement {
        @Override
        public Kind kind() {
            return Kind.CREATE_VIEW;
        }

        public CreateView {
            columns = List.copyOf(columns);
        }
    }

    record DropView(Name name, boolean ifExists) implements Statement {
        @Override
        public Kind kind() {
            return Kind.DROP_VIEW;
        }
    }

    record CreateSchema(Name name, Existing existing, String comment) implements Statement {
        @Override
        public Kind kind() {
            return Kind.CREATE_SCHEMA;
        }
    }

    record DropSchema(Name name, boolean ifExists, boolean cascade) implements Statement {
        @Override
        public Kind kind() {
            return Kind.DROP_SCHEMA;
        }
    }

    /**
     * CREATE TABLE without a query.
     *
     * @param columns as listed, empty to take them from the files
     * @param partitionColumns Hive's, which are in no list, and Spark's, which are among {@code
     *     columns}
     * @param partitioning all that PARTITIONED BY names, in order, these columns among it; then the
     *     buckets
     * @param sorting of the rows in a file
     * @param format {@code parquet}, {@code csv} …; null when not said
     * @param options how files are read and written; Hive's clauses are translated into these
     * @param comments of columns, by their names
     * @param rules CHECKs and DEFAULTs
     */
    record CreateTable(
            Name name,
            boolean external,
            Existing existing,
            List<Field> columns,
            List<Field> partitionColumns,
            List<PartitionTerm> partitioning,
            List<SortTerm> sorting,
            String format,
            Map<String, String> options,
            String location,
            Map<String, String> properties,
            String comment,
            Map<String, String> comments,
            List<TableRule> rules)
            implements Statement {
        @Override
        public Kind kind() {
            return Kind.CREATE_TABLE;
        }

        public CreateTable {
            columns = List.copyOf(columns);
            partitionColumns = List.copyOf(partitionColumns);
            partitioning = List.copyOf(partitioning);
            sorting = List.copyOf(sorting);
            options = Map.copyOf(options);
            properties = Map.copyOf(properties);
            comments = Map.copyOf(comments);
            rules = List.copyOf(rules);
        }

        /** The columns that are in files, where the others are in the names of folders. */
        public List<Field> dataColumns() {
            return columns.stream().filter(column -> !partitionColumns.contains(column)).toList();
        }

        /** All columns: Hive's partition columns come last, listed ones stay where they are. */
        public List<Field> allColumns() {
            List<Field> all = new ArrayList<>(columns);
            partitionColumns.stream().filter(column -> !columns.contains(column)).forEach(all::add);
            return all;
        }
    }

    /**
     * CREATE TABLE AS a query.
     *
     * @param partitioning by columns of the query
     */
    record CreateTableAs(
            Name name,
            boolean external,
            Existing existing,
            List<PartitionTerm> partitioning,
            List<SortTerm> sorting,
            String format,
            Map<String, String> options,
            String location,
            Map<String, String> properties,
            String comment,
            Syntax query)
            implements Statement {
        @Override
        public Kind kind() {
            return Kind.CREATE_TABLE_AS;
        }

        public CreateTableAs {
            partitioning = List.copyOf(partitioning);
            sorting = List.copyOf(sorting);
            options = Map.copyOf(options);
            properties = Map.copyOf(properties);
        }
    }

    record DropTable(Name name, boolean ifExists, boolean purge) implements Statement {
        @Override
        public Kind kind() {
            return Kind.DROP_TABLE;
        }
    }

    /**
     * INSERT INTO or OVERWRITE a table.
     *
     * @param columns which columns the query gives, in its order; empty for all
     * @param partition the values of a static partition by column, in the order typed
     * @param dynamic columns named in PARTITION without a value: the query's last ones
     */
    record Insert(
            Name name,
            boolean overwrite,
            List<String> columns,
            Map<String, Syntax> partition,
            List<String> dynamic,
            Syntax query)
            implements Statement {
        @Override
        public Kind kind() {
            return Kind.INSERT;
        }

        public Insert {
            columns = List.copyOf(columns);
            dynamic = List.copyOf(dynamic);
        }
    }

    record InsertDirectory(
            String directory,
            String format,
            Map<String, String> options,
            Syntax query,
            Position position)
            implements Statement {
        @Override
        public Kind kind() {
            return Kind.INSERT_DIRECTORY;
        }

        public InsertDirectory {
            options = Map.copyOf(options);
        }
    }

    /**
     * SHOW TABLE EXTENDED.
     *
     * @param schema null for the current one
     * @param pattern null for all tables
     */
    record ShowTableExtended(Name schema, String pattern) implements Statement {
        @Override
        public Kind kind() {
            return Kind.SHOW_TABLE_EXTENDED;
        }
    }

    record ShowSnapshots(Name name) implements Statement {
        @Override
        public Kind kind() {
            return Kind.SHOW_SNAPSHOTS;
        }
    }

    record RollbackTable(Name name, TableVersion version) implements Statement {
        @Override
        public Kind kind() {
            return Kind.ROLLBACK_TABLE;
        }
    }

    /**
     * EXPIRE SNAPSHOTS.
     *
     * @param olderThan a time, or how long ago; null for the usual age
     * @param retained how many of the newest stay, whatever their age
     */
    record ExpireSnapshots(Name name, Age olderThan, int retained) implements Statement {
        @Override
        public Kind kind() {
            return Kind.EXPIRE_SNAPSHOTS;
        }
    }

    /**
     * REMOVE ORPHANS.
     *
     * @param name null for all tables, and for folders that are none's
     * @param olderThan a time, or how long ago; null for the usual age
     */
    record RemoveOrphans(Name name, Age olderThan) implements Statement {
        @Override
        public Kind kind() {
            return Kind.REMOVE_ORPHANS;
        }
    }

    /** A constant that is a time or a duration before now. */
    record Age(Syntax value, Position position) {}

    /**
     * TRUNCATE TABLE.
     *
     * @param partition the values of the partition that is emptied; empty for all rows
     */
    record TruncateTable(Name name, Map<String, Syntax> partition) implements Statement {
        @Override
        public Kind kind() {
            return Kind.TRUNCATE_TABLE;
        }
    }

    /**
     * CREATE TABLE LIKE.
     *
     * @param properties in addition to the model's
     */
    record CreateTableLike(
            Name name,
            Existing existing,
            Name model,
            String comment,
            Map<String, String> properties)
            implements Statement {
        @Override
        public Kind kind() {
            return Kind.CREATE_TABLE_LIKE;
        }

        public CreateTableLike {
            properties = Map.copyOf(properties);
        }
    }

    record AlterTable(Name name, boolean ifExists, Alteration change) implements Statement {
        @Override
        public Kind kind() {
            return Kind.ALTER_TABLE;
        }
    }

    record RenameView(Name name, boolean ifExists, Name to) implements Statement {
        @Override
        public Kind kind() {
            return Kind.RENAME_VIEW;
        }
    }

    record AlterViewQuery(Name name, boolean ifExists, Syntax query, String querySql)
            implements Statement {
        @Override
        public Kind kind() {
            return Kind.ALTER_VIEW_QUERY;
        }
    }

    /**
     * DELETE, UPDATE and MERGE.
     *
     * @param alias by which expressions call the table; null for its name
     * @param source an item of FROM whose rows are compared with the table's; null for none
     * @param condition when a row of the table and one of the source match; null without source
     * @param actions the first whose condition holds is taken
     */
    record Change(Name name, String alias, Syntax source, Syntax condition, List<RowAction> actions)
            implements Statement {
        @Override
        public Kind kind() {
            return Kind.CHANGE;
        }

        public Change {
            actions = List.copyOf(actions);
        }
    }

    record Transaction(Verb verb, Position position) implements Statement {
        @Override
        public Kind kind() {
            return Kind.TRANSACTION;
        }
    }

    record OptimizeTable(Name name) implements Statement {
        @Override
        public Kind kind() {
            return Kind.OPTIMIZE_TABLE;
        }
    }

    /** Hive's FROM … INSERT … INSERT …: all tables get their rows, or none does. */
    record InsertMany(List<Insert> inserts) implements Statement {
        @Override
        public Kind kind() {
            return Kind.INSERT_MANY;
        }

        public InsertMany {
            inserts = List.copyOf(inserts);
        }
    }
}
