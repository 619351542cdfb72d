package org.skep.shell.command;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.skep.shell.output.ListedRows;
import org.skep.shell.output.Rows;

/** Lists tables and views. */
final class TablesCommand implements Command {
    @Override
    public List<String> names() {
        return List.of("\\dt");
    }

    @Override
    public String argument() {
        return "[schema]";
    }

    @Override
    public String description() {
        return "tables and views of the current schema, or of another";
    }

    @Override
    public Next run(Conversation conversation, String argument) throws SQLException {
        String schema = argument.isEmpty() ? conversation.connection().getSchema() : argument;
        List<List<String>> tables = new ArrayList<>();
        try (ResultSet rows =
                conversation
                        .connection()
                        .getMetaData()
                        .getTables(null, Patterns.exactly(schema), "%", null)) {
            while (rows.next()) {
                String remarks = rows.getString("REMARKS");
                String type = rows.getString("TABLE_TYPE").toLowerCase(Locale.ROOT);
                tables.add(
                        List.of(
                                rows.getString("TABLE_SCHEM"),
                                rows.getString("TABLE_NAME"),
                                remarks == null ? type : remarks + " " + type));
            }
        }
        if (tables.isEmpty()) {
            conversation.messages().println("no tables in schema '" + schema + "'");
        } else {
            List<Rows.Heading> headings = ListedRows.texts("schema", "name", "kind");
            conversation.runner().print(new ListedRows(headings, tables));
        }
        return Next.PROMPT;
    }
}
