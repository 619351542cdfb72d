package org.skep.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.skep.catalog.Existing;
import org.skep.catalog.ManagedDefinition;
import org.skep.catalog.TableDefinition;
import org.skep.catalog.iceberg.ManagedTable;
import org.skep.catalog.iceberg.TableSpec;
import org.skep.catalog.iceberg.TableWrite;
import org.skep.catalog.iceberg.WrittenFile;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.error.Suggestion;
import org.skep.model.file.DataFile;
import org.skep.model.file.FileSource;
import org.skep.model.file.FileTable;
import org.skep.model.file.PartitionKey;
import org.skep.model.file.TableStatistics;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.parser.Name;
import org.skep.parser.PartitionTerm;
import org.skep.parser.Statement;
import org.skep.parser.Syntax;
import org.skep.planner.Destination;
import org.skep.planner.Planner;
import org.skep.planner.check.Parameters;

/** CREATE TABLE, CREATE TABLE AS and INSERT for tables whose rows are in the warehouse. */
final class TableCommands {
    private final SessionState session;

    TableCommands(SessionState session) {
        this.session = session;
    }

    Result create(Statement.CreateTable create) {
        String schema = schema(create.name());
        Existing existing = DefinitionCommands.existing(create.existing());
        TableDefinition old = session.catalog().find(schema, create.name().last()).orElse(null);
        if (old != null && existing == Existing.SKIP) {
            return Results.nothing();
        }
        Schema declared = DefinitionCommands.declared(create);
        if (declared == null || create.external()) {
            throw incomplete(create);
        }
        List<Field> fields = new ArrayList<>(declared.fields());
        fields.addAll(create.partitionColumns());
        Schema columns = new Schema(fields);
        TableSpec spec =
                new TableSpec(
                        schema,
                        create.name().last(),
                        columns,
                        keys(create.partitioning(), columns),
                        create.comment(),
                        create.properties());
        try {
            if (replaces(old, existing, create.name())) {
                session.catalog().tables().creation(named(spec, old), true).commit(List.of());
            } else {
                session.catalog().tables().create(spec);
            }
        } catch (QueryException e) {
            throw e.at(create.name().position());
        }
        return Results.nothing();
    }

    private static QueryException incomplete(Statement.CreateTable create) {
        return create.external()
                ? new QueryException(
                        ErrorCode.INVALID_STATEMENT,
                        create.name().position(),
                        "external table '%s' has no location".formatted(create.name()),
                        "write LOCATION 'folder' behind it")
                : new QueryException(
                        ErrorCode.INVALID_STATEMENT,
                        create.name().position(),
                        "table '%s' has neither columns nor a location".formatted(create.name()),
                        "write CREATE TABLE t (a BIGINT, …), CREATE TABLE t AS SELECT …, or LOCATION 'folder'");
    }

    Result createAs(Statement.CreateTableAs create, List<Object> parameters) {
        String schema = schema(create.name());
        Existing existing = DefinitionCommands.existing(create.existing());
        TableDefinition old = session.catalog().find(schema, create.name().last()).orElse(null);
        if (old != null && existing == Existing.SKIP) {
            return Results.nothing();
        }
        boolean replaces = replaces(old, existing, create.name());
        Function<Schema, TableWrite> creation =
                query -> {
                    TableSpec spec =
                            new TableSpec(
                                    schema,
                                    create.name().last(),
                                    nullable(query),
                                    keys(create.partitioning(), query),
                                    create.comment(),
                                    create.properties());
                    return session.catalog()
                            .tables()
                            .creation(replaces ? named(spec, old) : spec, replaces);
                };
        return write(
                create.query(),
                parameters,
                creation,
                write ->
                        new Destination(
                                write.target(),
                                write.schema(),
                                Destination.inOrder(write.schema().size()),
                                write.partitioning()),
                create.name());
    }

    Result insert(Statement.Insert insert, List<Object> parameters) {
        ManagedTable table = writable(insert.name());
        Planner planner = session.planner(session.engine().functions());
        TableColumns columns =
                TableColumns.of(
                        table.schema(),
                        insert,
                        value ->
                                planner.constant(
                                        Parameters.bind(value, parameters), session.context()));
        TableWrite.Mode mode =
                !insert.overwrite()
                        ? TableWrite.Mode.APPEND
                        : insert.dynamic().isEmpty()
                                ? TableWrite.Mode.OVERWRITE
                                : TableWrite.Mode.OVERWRITE_PARTITIONS;
        TableWrite write = session.catalog().tables().change(table, mode, columns.partition());
        return write(
                insert.query(),
                parameters,
                query -> write,
                begun ->
                        new Destination(
                                begun.target(),
                                table.schema(),
                                columns.sources(),
                                begun.partitioning()),
                insert.name());
    }

    private Result write(
            Syntax query,
            List<Object> parameters,
            Function<Schema, TableWrite> begin,
            Function<TableWrite, Destination> destination,
            Name name) {
        TableWrite[] begun = new TableWrite[1];
        boolean done = false;
        try {
            RowWriter.Written written =
                    new RowWriter(session)
                            .write(
                                    query,
                                    parameters,
                                    name.position(),
                                    schema -> {
                                        begun[0] = begin.apply(schema);
                                        Folders.create(Path.of(begun[0].folder()));
                                        return destination.apply(begun[0]);
                                    });
            begun[0].commit(measured(begun[0], written.files()));
            done = true;
            return Results.written(written.rows(), written.warnings());
        } catch (QueryException e) {
            throw e.code() == ErrorCode.COMMIT_CONFLICT || e.code() == ErrorCode.ALREADY_EXISTS
                    ? e.at(name.position())
                    : e;
        } finally {
            if (!done && begun[0] != null) {
                abandon(begun[0]);
            }
        }
    }

    /** Of a table that was not there before, nothing stays. */
    private static void abandon(TableWrite write) {
        if (write.isNew()) {
            Path table = Path.of(write.location());
            Folders.abandon(table, table);
        } else {
            Folders.deleteRun(Path.of(write.folder()), write.target().run());
        }
    }

    /** The files with what their footers say of the columns, for the table's own records. */
    private List<WrittenFile> measured(TableWrite write, List<RowWriter.File> files) {
        FileTable shape =
                new FileTable(
                        FileSource.of("parquet", List.of(write.folder()), java.util.Map.of()),
                        write.schema(),
                        0,
                        List.of(),
                        TableStatistics.UNKNOWN,
                        write.target().ids(),
                        null);
        List<WrittenFile> measured = new ArrayList<>();
        for (RowWriter.File file : files) {
            String path = Path.of(write.folder()).resolve(file.name()).toString();
            DataFile data = new DataFile(path, file.bytes(), 0, List.of());
            TableStatistics statistics = session.engine().files().statistics(shape, List.of(data));
            measured.add(
                    new WrittenFile(path, file.rows(), file.bytes(), file.partition(), statistics));
        }
        return measured;
    }

    private String schema(Name name) {
        String schema = session.schemaOf(name);
        return session.catalog()
                .schema(schema)
                .orElseThrow(() -> session.catalog().schemaNotFound(schema).at(name.position()));
    }

    /** Whether a table of the warehouse is there and to be replaced. */
    private static boolean replaces(TableDefinition old, Existing existing, Name name) {
        if (old == null) {
            return false;
        }
        if (existing == Existing.REPLACE && old instanceof ManagedDefinition) {
            return true;
        }
        String what =
                switch (old.kind()) {
                    case TABLE -> "table";
                    case EXTERNAL_TABLE -> "external table";
                    case VIEW -> "view";
                };
        throw new QueryException(
                ErrorCode.ALREADY_EXISTS,
                name.position(),
                "%s '%s' already exists".formatted(what, old.name()),
                old instanceof ManagedDefinition
                        ? "write IF NOT EXISTS to keep it, or OR REPLACE to replace it"
                        : "drop the %s first".formatted(what));
    }

    /** A table that is replaced keeps its name as it was written at first. */
    private static TableSpec named(TableSpec spec, TableDefinition old) {
        return new TableSpec(
                spec.schema(),
                old.name(),
                spec.columns(),
                spec.partitioning(),
                spec.comment(),
                spec.properties());
    }

    private static Schema nullable(Schema query) {
        return new Schema(
                query.fields().stream()
                        .map(field -> new Field(field.name(), field.type(), true))
                        .toList());
    }

    private static List<PartitionKey> keys(List<PartitionTerm> terms, Schema columns) {
        List<PartitionKey> keys = new ArrayList<>();
        for (PartitionTerm term : terms) {
            int column = columns.indexOf(term.column());
            if (column < 0) {
                throw new QueryException(
                        ErrorCode.COLUMN_NOT_FOUND,
                        term.position(),
                        "no column '%s' to partition by".formatted(term.column()),
                        Suggestion.hint(term.column(), columns.names()));
            }
            keys.add(new PartitionKey(column, term.transform(), term.width(), term.column()));
        }
        return keys;
    }

    /** The table that a statement changes. */
    ManagedTable writable(Name name) {
        String schema = session.schemaOf(name);
        TableDefinition found =
                session.catalog()
                        .find(schema, name.last())
                        .orElseThrow(
                                () ->
                                        session.catalog()
                                                .tableNotFound(schema, name.last(), List.of())
                                                .at(name.position()));
        if (found instanceof ManagedDefinition managed) {
            return session.engine().tables().open(managed);
        }
        throw new QueryException(
                ErrorCode.NOT_SUPPORTED,
                name.position(),
                "'%s' is %s: rows are changed in tables of the warehouse only"
                        .formatted(
                                name,
                                found.kind() == TableDefinition.Kind.VIEW
                                        ? "a view"
                                        : "an external table"),
                "write files with INSERT OVERWRITE DIRECTORY '…' USING csv SELECT …");
    }
}
