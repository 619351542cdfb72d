package org.skep.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.skep.catalog.Contents;
import org.skep.catalog.Existing;
import org.skep.catalog.FileTableDefinition;
import org.skep.catalog.FileTableDefinition.Ownership;
import org.skep.catalog.Missing;
import org.skep.catalog.TableDefinition;
import org.skep.catalog.ViewDefinition;
import org.skep.executor.function.FunctionLibrary;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.file.FileSource;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.parser.Name;
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
                            drop.cascade() ? Contents.CASCADE : Contents.RESTRICT)
                    .forEach(this::deleteFiles);
        } catch (QueryException e) {
            throw e.at(drop.name().position());
        }
        if (drop.name().last().equalsIgnoreCase(session.schema())) {
            session.schema(org.skep.catalog.Catalog.DEFAULT_SCHEMA);
        }
        return Results.nothing();
    }

    Result createView(Statement.CreateView create) {
        FunctionLibrary functions = session.engine().functions();
        Schema columns = session.planner(functions).check(create.query(), session.context());
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
        TableDefinition dropped = drop(drop.name(), missing(drop.ifExists()), null);
        if (dropped != null) {
            deleteFiles(dropped);
        }
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

    /** The files of a managed table go with it. */
    private void deleteFiles(TableDefinition table) {
        if (table instanceof FileTableDefinition files && files.ownership() == Ownership.MANAGED) {
            Folders.delete(session.catalog().folder(files.schema(), files.name()));
        }
    }

    Result createTable(Statement.CreateTable create) {
        String schema = session.schemaOf(create.name());
        Map<String, String> options = new HashMap<>(create.options());
        Schema declared = create.columns().isEmpty() ? null : new Schema(create.columns());
        if (declared == null && options.containsKey("columns")) {
            declared = Schema.parse(options.remove("columns"));
        }
        List<Field> partitions =
                create.partitionColumns().isEmpty() ? null : create.partitionColumns();
        String location = options.remove("path"); // as Spark's users write it
        location = create.location() == null ? location : create.location();
        boolean managed = location == null;
        if (managed && declared == null) {
            throw new QueryException(
                    ErrorCode.INVALID_STATEMENT,
                    create.name().position(),
                    "table '%s' has neither columns nor a location".formatted(create.name()),
                    "write CREATE TABLE t (a BIGINT, …), CREATE TABLE t AS SELECT …, or LOCATION 'folder'");
        }
        if (managed && create.external()) {
            throw new QueryException(
                    ErrorCode.INVALID_STATEMENT,
                    create.name().position(),
                    "external table '%s' has no location".formatted(create.name()),
                    "write LOCATION 'folder' behind it");
        }
        String path =
                managed
                        ? TableFiles.newFolder(session.catalog(), schema, create.name().last())
                        : SessionNames.absolute(location);
        String format = create.format() == null && managed ? "parquet" : create.format();
        FileSource source = new FileSource(format, List.of(path), options, declared, partitions);
        if (!managed) {
            inspect(source, create.name());
        }
        FileTableDefinition table =
                new FileTableDefinition(
                        schema,
                        create.name().last(),
                        source,
                        create.comment(),
                        create.properties(),
                        managed ? Ownership.MANAGED : Ownership.EXTERNAL);
        Existing existing = existing(create.existing());
        if (existing == Existing.SKIP
                && session.catalog().find(schema, create.name().last()).isPresent()) {
            return Results.nothing();
        }
        if (managed) {
            Folders.create(Path.of(path));
        }
        try {
            define(table, existing, create.name());
        } catch (QueryException e) {
            if (managed) {
                Folders.abandon(Path.of(path), Path.of(path));
            }
            throw e;
        }
        return Results.nothing();
    }

    private void inspect(FileSource source, Name name) {
        try {
            session.engine().files().inspect(source, session.settings());
        } catch (QueryException e) {
            throw e.at(name.position());
        }
    }

    /** Enters a table; the folder of a managed one it replaces goes. */
    void define(FileTableDefinition table, Existing existing, Name name) {
        try {
            session.catalog()
                    .create(table, existing)
                    .ifPresent(old -> TableFiles.deleteUnless(old, table));
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
