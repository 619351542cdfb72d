package org.skep.engine;

import java.util.List;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;
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
                    DESCRIBE,
                    CREATE_VIEW,
                    DROP_VIEW,
                    CREATE_SCHEMA,
                    DROP_SCHEMA,
                    CREATE_TABLE,
                    DROP_TABLE ->
                    null;
        };
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
            case SHOW_PARTITIONS -> ShowCommands.strings("partition");
            case DESCRIBE ->
                    ((Statement.Describe) statement).extended()
                            ? ShowCommands.strings("column", "type")
                            : described();
            case DESCRIBE_QUERY -> described();
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
                    INSERT_DIRECTORY ->
                    new Schema(List.of());
        };
    }

    static Schema described() {
        return ShowCommands.strings("column", "type")
                .concat(Schema.of(new Field("nullable", Type.BOOLEAN, false)));
    }
}
