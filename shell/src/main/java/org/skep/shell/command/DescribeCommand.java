package org.skep.shell.command;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.skep.model.error.Suggestion;
import org.skep.shell.output.ListedRows;

/** Shows the columns of a table; without a name, the tables. */
final class DescribeCommand implements Command {
    @Override
    public List<String> names() {
        return List.of("\\d");
    }

    @Override
    public String argument() {
        return "[table]";
    }

    @Override
    public String description() {
        return "columns of a table or view; without a name, the tables";
    }

    @Override
    public Next run(Conversation conversation, String argument) throws SQLException {
        if (argument.isEmpty()) {
            return new TablesCommand().run(conversation, "");
        }
        int dot = argument.indexOf('.');
        String schema =
                dot < 0 ? conversation.connection().getSchema() : argument.substring(0, dot);
        String table = argument.substring(dot + 1);
        List<List<String>> columns = new ArrayList<>();
        try (ResultSet rows =
                conversation
                        .connection()
                        .getMetaData()
                        .getColumns(null, Patterns.exactly(schema), Patterns.exactly(table), "%")) {
            while (rows.next()) {
                columns.add(
                        List.of(
                                rows.getString("COLUMN_NAME"),
                                rows.getString("TYPE_NAME"),
                                rows.getString("IS_NULLABLE").equals("NO") ? "not null" : ""));
            }
        }
        if (columns.isEmpty()) {
            missing(conversation, schema, table);
        } else {
            conversation
                    .runner()
                    .print(new ListedRows(ListedRows.texts("column", "type", ""), columns));
        }
        return Next.PROMPT;
    }

    private static void missing(Conversation conversation, String schema, String table)
            throws SQLException {
        List<String> known = new ArrayList<>();
        try (ResultSet rows =
                conversation
                        .connection()
                        .getMetaData()
                        .getTables(null, Patterns.exactly(schema), "%", null)) {
            while (rows.next()) {
                known.add(rows.getString("TABLE_NAME"));
            }
        }
        String near = Suggestion.hint(table, known);
        conversation
                .messages()
                .printf(
                        "no table '%s' in schema '%s'%s%n",
                        table, schema, near == null ? "" : "; " + near);
    }
}
