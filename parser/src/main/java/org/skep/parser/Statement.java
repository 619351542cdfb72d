package org.skep.parser;

import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlNode;
import org.skep.model.error.Position;
import org.skep.model.type.Field;

/** What a user can ask for. Option and property keys are lower case; absent texts are null. */
public sealed interface Statement {
    /** What to do when the thing to be made is already there. */
    enum Existing {
        FAIL,
        SKIP,
        REPLACE
    }

    /** What EXPLAIN shows. */
    enum Mode {
        PLAN,
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

    record Query(SqlNode node, String sql) implements Statement {}

    record Explain(Statement statement, Mode mode, Format format) implements Statement {}

    record SetSetting(String key, String value, Position position) implements Statement {}

    /**
     * RESET.
     *
     * @param key null for all settings
     */
    record ResetSetting(String key, Position position) implements Statement {}

    record ShowSettings(String pattern) implements Statement {}

    record Use(Name schema) implements Statement {}

    record ShowTables(Name schema, String pattern) implements Statement {}

    record ShowSchemas(String pattern) implements Statement {}

    record ShowColumns(Name name) implements Statement {}

    record ShowFunctions(String pattern) implements Statement {}

    record ShowCreateTable(Name name) implements Statement {}

    record ShowPartitions(Name name) implements Statement {}

    record Describe(Name name, boolean extended) implements Statement {}

    record DescribeQuery(SqlNode query) implements Statement {}

    /**
     * CREATE VIEW.
     *
     * @param columns names for the query's columns, empty to keep the query's own
     * @param querySql the query as typed, for the catalog
     */
    record CreateView(
            Name name,
            List<String> columns,
            SqlNode query,
            String querySql,
            Existing existing,
            boolean temporary)
            implements Statement {
        public CreateView {
            columns = List.copyOf(columns);
        }
    }

    record DropView(Name name, boolean ifExists) implements Statement {}

    record CreateSchema(Name name, Existing existing, String comment) implements Statement {}

    record DropSchema(Name name, boolean ifExists, boolean cascade) implements Statement {}

    /**
     * CREATE TABLE without a query.
     *
     * @param columns the data columns, empty to take them from the files
     * @param partitionColumns never among {@code columns}
     * @param format {@code parquet}, {@code csv} …; null when not said
     * @param options how files are read and written; Hive's clauses are translated into these
     */
    record CreateTable(
            Name name,
            boolean external,
            Existing existing,
            List<Field> columns,
            List<Field> partitionColumns,
            String format,
            Map<String, String> options,
            String location,
            Map<String, String> properties,
            String comment)
            implements Statement {
        public CreateTable {
            columns = List.copyOf(columns);
            partitionColumns = List.copyOf(partitionColumns);
            options = Map.copyOf(options);
            properties = Map.copyOf(properties);
        }
    }

    /**
     * CREATE TABLE AS a query.
     *
     * @param partitionColumns names of columns of the query
     */
    record CreateTableAs(
            Name name,
            boolean external,
            Existing existing,
            List<String> partitionColumns,
            String format,
            Map<String, String> options,
            String location,
            Map<String, String> properties,
            String comment,
            SqlNode query)
            implements Statement {
        public CreateTableAs {
            partitionColumns = List.copyOf(partitionColumns);
            options = Map.copyOf(options);
            properties = Map.copyOf(properties);
        }
    }

    record DropTable(Name name, boolean ifExists, boolean purge) implements Statement {}

    /**
     * INSERT INTO or OVERWRITE a table.
     *
     * @param columns which columns the query gives, in its order; empty for all
     * @param partition the values of a static partition by column, in the order typed; columns
     *     named in PARTITION without a value are the query's last ones and not in here
     */
    record Insert(
            Name name,
            boolean overwrite,
            List<String> columns,
            Map<String, SqlNode> partition,
            SqlNode query)
            implements Statement {
        public Insert {
            columns = List.copyOf(columns);
        }
    }

    record InsertDirectory(
            String directory,
            String format,
            Map<String, String> options,
            SqlNode query,
            Position position)
            implements Statement {
        public InsertDirectory {
            options = Map.copyOf(options);
        }
    }
}
