package org.skep.shell.command;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.skep.shell.output.ListedRows;

/** Lists the schemas. */
final class SchemasCommand implements Command {
    @Override
    public List<String> names() {
        return List.of("\\dn");
    }

    @Override
    public String argument() {
        return "";
    }

    @Override
    public String description() {
        return "schemas";
    }

    @Override
    public Next run(Conversation conversation, String argument) throws SQLException {
        String current = conversation.connection().getSchema();
        List<List<String>> schemas = new ArrayList<>();
        try (ResultSet rows = conversation.connection().getMetaData().getSchemas()) {
            while (rows.next()) {
                String name = rows.getString("TABLE_SCHEM");
                schemas.add(List.of(name, name.equalsIgnoreCase(current) ? "current" : ""));
            }
        }
        conversation.runner().print(new ListedRows(ListedRows.texts("schema", ""), schemas));
        return Next.PROMPT;
    }
}
