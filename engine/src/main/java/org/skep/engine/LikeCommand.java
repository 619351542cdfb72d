package org.skep.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.skep.catalog.Existing;
import org.skep.catalog.ManagedDefinition;
import org.skep.catalog.TableDefinition;
import org.skep.catalog.iceberg.ManagedTable;
import org.skep.catalog.iceberg.TableSpec;
import org.skep.model.type.Schema;
import org.skep.parser.Name;
import org.skep.parser.Statement;

/**
 * CREATE TABLE LIKE: an empty table as another one is, its columns with their comments, its
 * partitioning, properties and comment. Of views and external tables it takes the columns only.
 */
final class LikeCommand {
    private final SessionState session;
    private final TableCommands tables;
    private final Function<Name, Schema> columns;

    /**
     * @param columns of whatever a name stands for in FROM
     */
    LikeCommand(SessionState session, TableCommands tables, Function<Name, Schema> columns) {
        this.session = session;
        this.tables = tables;
        this.columns = columns;
    }

    Result run(Statement.CreateTableLike create) {
        String schema = tables.schema(create.name());
        Existing existing = DefinitionCommands.existing(create.existing());
        String name = create.name().last();
        TableDefinition old = session.catalog().find(schema, name).orElse(null);
        if (old != null && existing == Existing.SKIP) {
            return Results.nothing();
        }
        TableSpec spec = spec(create, schema);
        return tables.define(spec, old, existing, create.name());
    }

    private TableSpec spec(Statement.CreateTableLike create, String schema) {
        String name = create.name().last();
        if (session.definition(create.model()) instanceof ManagedDefinition definition) {
            ManagedTable model = session.tables().open(definition);
            Map<String, String> properties = new HashMap<>(model.properties());
            properties.putAll(model.ruleProperties());
            properties.putAll(create.properties());
            return new TableSpec(
                    schema,
                    name,
                    model.schema(),
                    model.partitioning(),
                    model.sorting(),
                    create.comment() == null ? model.comment() : create.comment(),
                    properties,
                    model.columnComments());
        }
        return new TableSpec(
                schema,
                name,
                TableCommands.nullable(columns.apply(create.model())),
                List.of(),
                List.of(),
                create.comment(),
                create.properties());
    }
}
