package org.skep.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.skep.catalog.Contents;
import org.skep.catalog.Existing;
import org.skep.catalog.FileTableDefinition;
import org.skep.catalog.Missing;
import org.skep.catalog.TableDefinition;
import org.skep.catalog.ViewDefinition;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.file.FileSource;
import org.skep.model.file.PartitionKey.Transform;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.parser.Name;
import org.skep.parser.PartitionTerm;
import org.skep.parser.Statement;

/** CREATE and DROP of schemas, tables and views. */
final class DefinitionCommands {
    private final SessionState session;

    DefinitionCommands(SessionState session) {
        this.session = session;
    }

    Result createSchema(Statement.CreateSchema create) {
        try {
            session.catalog().createSchema(create.name().last(), existing(create.existing()));
            return Results.nothing();
        } catch (QueryException e) {
            throw e.at(create.name().position());
        }
    }

    Result dropSchema(Statement.DropSchema drop) {
        try {
            session.catalog()
                    .dropSchema(
                            drop.name().last(),
                            missing(drop.ifExists()),
                            drop.cascade() ? Contents.CASCADE : Contents.RESTRICT);
        } catch (QueryException e) {
            throw e.at(drop.name().position());
        }
        if (drop.name().last().equalsIgnoreCase(session.schema())) {
            session.schema(org.skep.catalog.Catalog.DEFAULT_SCHEMA);
        }
        return Results.nothing();
    }

    Result createView(Statement.CreateView create) {
        Schema columns = session.planner().check(create.query(), session.context());
        if (!create.columns().isEmpty()) {
            columns = renamed(columns, create.columns(), create.name());
        }
        boolean temporary = create.temporary();
        ViewDefinition view =
                new ViewDefinition(
                        temporary ? session.schema() : session.schemaOf(create.name()),
                        create.name().last(),
                        columns,
                        create.querySql(),
                        session.schema(),
                        null);
        try {
            if (temporary) {
                session.views().create(view, existing(create.existing()));
            } else {
                session.catalog().create(view, existing(create.existing()));
            }
            return Results.nothing();
        } catch (QueryException e) {
            throw e.at(create.name().position());
        }
    }

    private static Schema renamed(Schema columns, List<String> names, Name view) {
        if (names.size() != columns.size()) {
            throw new QueryException(
                    ErrorCode.INVALID_STATEMENT,
                    view.position(),
                    "view '%s' names %d columns, its query gives %d"
                            .formatted(view, names.size(), columns.size()),
                    null);
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Field field = columns.field(i);
            fields.add(new Field(names.get(i), field.type(), field.nullable()));
        }
        return new Schema(fields);
    }

    Result dropView(Statement.DropView drop) {
        boolean temporary =
                drop.name().parts().size() == 1
                        && session.views().drop(drop.name().last(), Missing.SKIP);
        if (!temporary) {
            drop(drop.name(), missing(drop.ifExists()), TableDefinition.Kind.VIEW);
        }
        return Results.nothing();
    }

    Result dropTable(Statement.DropTable drop) {
        drop(drop.name(), missing(drop.ifExists()), null);
        return Results.nothing();
    }

    private TableDefinition drop(Name name, Missing missing, TableDefinition.Kind only) {
        String schema = session.schemaOf(name);
        TableDefinition table = session.catalog().find(schema, name.last()).orElse(null);
        boolean isView = table != null && table.kind() == TableDefinition.Kind.VIEW;
        if (table != null && isView != (only == TableDefinition.Kind.VIEW)) {
            throw new QueryException(
                    ErrorCode.INVALID_STATEMENT,
                    name.position(),
                    "'%s' is a %s".formatted(name, isView ? "view" : "table"),
                    "write DROP %s".formatted(isView ? "VIEW" : "TABLE"));
        }
        try {
            return session.catalog().drop(schema, name.last(), missing).orElse(null);
        } catch (QueryException e) {
            throw e.at(name.position());
        }
    }

    Result createExternalTable(Statement.CreateTable create) {
        if (!create.rules().isEmpty()) {
            throw new QueryException(
                    ErrorCode.NOT_SUPPORTED,
                    create.rules().get(0).position(),
                    "an external table has neither CHECK nor DEFAULT",
                    "leave LOCATION out: tables of the warehouse can have them");
        }
        String schema = session.schemaOf(create.name());
        Map<String, String> options = new HashMap<>(create.options());
        Schema declared = declared(create);
        options.remove("columns");
        List<Field> partitions =
                create.partitionColumns().isEmpty() ? null : create.partitionColumns();
        for (PartitionTerm term : create.partitioning()) {
            if (term.transform() != Transform.IDENTITY) {
                throw new QueryException(
                        ErrorCode.NOT_SUPPORTED,
                        term.position(),
                        "an external table is partitioned by its folders",
                        "name columns only: the folders are called column=value");
            }
        }
        String path = SessionNames.absolute(location(create));
        options.remove("path");
        FileSource source =
                new FileSource(create.format(), List.of(path), options, declared, partitions);
        Existing existing = existing(create.existing());
        if (existing == Existing.SKIP
                && session.catalog().find(schema, create.name().last()).isPresent()) {
            return Results.nothing();
        }
        inspect(source, create.name());
        define(
                new FileTableDefinition(
                        schema,
                        create.name().last(),
                        source,
                        create.comment(),
                        create.properties()),
                existing,
                create.name());
        return Results.nothing();
    }

    /** Where an external table's files are; null for a table of the warehouse. */
    static String location(Statement.CreateTable create) {
        return create.location() == null
                ? create.options().get("path") // as Spark's users write it
                : create.location();
    }

    /** The columns as declared, also in an option; null when they are not. */
    private static Schema declared(Statement.CreateTable create) {
        if (!create.columns().isEmpty()) {
            return new Schema(create.dataColumns());
        }
        String columns = create.options().get("columns");
        return columns == null ? null : Schema.parse(columns);
    }

    private void inspect(FileSource source, Name name) {
        try {
            session.engine().files().inspect(source, session.settings());
        } catch (QueryException e) {
            throw e.at(name.position());
        }
    }

    /** Enters a table over files. */
    void define(FileTableDefinition table, Existing existing, Name name) {
        try {
            session.catalog().create(table, existing);
        } catch (QueryException e) {
            throw e.at(name.position());
        }
    }

    static Existing existing(Statement.Existing existing) {
        return switch (existing) {
            case FAIL -> Existing.FAIL;
            case SKIP -> Existing.SKIP;
            case REPLACE -> Existing.REPLACE;
        };
    }

    private static Missing missing(boolean ifExists) {
        return ifExists ? Missing.SKIP : Missing.FAIL;
    }
}
