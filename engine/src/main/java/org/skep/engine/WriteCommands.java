package org.skep.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.skep.catalog.Existing;
import org.skep.catalog.FileTableDefinition;
import org.skep.catalog.FileTableDefinition.Ownership;
import org.skep.catalog.TableDefinition;
import org.skep.model.data.Batch;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.Position;
import org.skep.model.error.QueryException;
import org.skep.model.file.FileSource;
import org.skep.model.file.WriteTarget;
import org.skep.model.type.Schema;
import org.skep.parser.Name;
import org.skep.parser.Statement;
import org.skep.parser.Syntax;
import org.skep.planner.Planner;
import org.skep.planner.check.Parameters;

/** Statements that write rows: to folders, and to tables in the warehouse. */
final class WriteCommands {
    private final SessionState session;

    WriteCommands(SessionState session) {
        this.session = session;
    }

    Result insertDirectory(Statement.InsertDirectory insert, List<Object> parameters) {
        String format = writable(insert.format(), insert.position());
        Path target = Path.of(SessionNames.absolute(insert.directory())).normalize();
        if (Files.exists(target) && !Files.isDirectory(target)) {
            throw new QueryException(
                    ErrorCode.FILE_NOT_WRITABLE,
                    insert.position(),
                    "'%s' is a file, not a folder".formatted(insert.directory()),
                    "INSERT OVERWRITE DIRECTORY writes a folder of files");
        }
        Path staging = Folders.staging(target);
        try {
            Written written =
                    write(
                            insert.query(),
                            parameters,
                            new WriteTarget(format, staging.toString(), insert.options()),
                            null,
                            insert.position());
            Folders.replace(target, staging);
            return Results.written(written.rows, written.warnings);
        } finally {
            Folders.abandon(staging, target);
        }
    }

    private String writable(String format, Position position) {
        String name = format == null ? "parquet" : format.toLowerCase(Locale.ROOT);
        List<String> known = session.engine().files().writableFormats();
        if (!known.contains(name)) {
            throw new QueryException(
                    ErrorCode.NOT_SUPPORTED,
                    position,
                    "files of format '%s' cannot be written".formatted(format),
                    "formats that can are " + String.join(", ", known));
        }
        return name;
    }

    Result createTableAs(Statement.CreateTableAs create, List<Object> parameters) {
        if (!create.partitionColumns().isEmpty()) {
            throw new QueryException(
                    ErrorCode.NOT_SUPPORTED,
                    create.name().position(),
                    "CREATE TABLE … PARTITIONED BY … AS is not supported",
                    "write one table without partitions");
        }
        String schema = session.schemaOf(create.name());
        String name = create.name().last();
        Existing existing = DefinitionCommands.existing(create.existing());
        if (existing == Existing.SKIP && session.catalog().find(schema, name).isPresent()) {
            return Results.nothing();
        }
        if (existing == Existing.FAIL) {
            session.catalog().find(schema, name).ifPresent(old -> failExists(create.name()));
        }
        String format = writable(create.format(), create.name().position());
        boolean managed = create.location() == null;
        Path target =
                Path.of(
                        managed
                                ? TableFiles.newFolder(session.catalog(), schema, name)
                                : SessionNames.absolute(create.location()));
        Path staging = Folders.staging(target);
        try {
            Written written =
                    write(
                            create.query(),
                            parameters,
                            new WriteTarget(format, staging.toString(), create.options()),
                            null,
                            create.name().position());
            Folders.replace(target, staging);
            FileTableDefinition table =
                    new FileTableDefinition(
                            schema,
                            name,
                            new FileSource(
                                    format,
                                    List.of(target.toString()),
                                    new HashMap<>(create.options()),
                                    written.columns,
                                    null),
                            create.comment(),
                            create.properties(),
                            managed ? Ownership.MANAGED : Ownership.EXTERNAL);
            new DefinitionCommands(session).define(table, existing, create.name());
            return Results.written(written.rows, written.warnings);
        } finally {
            Folders.abandon(staging, target);
        }
    }

    private static void failExists(Name name) {
        throw new QueryException(
                ErrorCode.ALREADY_EXISTS,
                name.position(),
                "table '%s' already exists".formatted(name),
                "write CREATE OR REPLACE TABLE to replace it");
    }

    Result insert(Statement.Insert insert, List<Object> parameters) {
        FileTableDefinition table = writableTable(insert.name());
        if (!insert.partition().isEmpty()) {
            throw new QueryException(
                    ErrorCode.NOT_SUPPORTED,
                    insert.name().position(),
                    "INSERT … PARTITION is not supported",
                    "insert into a table without partitions");
        }
        Schema schema =
                session.engine().files().inspect(table.source(), session.settings()).schema();
        TableColumns columns = TableColumns.of(schema, insert.columns(), insert.name());
        Path target =
                Path.of(
                        insert.overwrite()
                                ? TableFiles.newFolder(
                                        session.catalog(), table.schema(), table.name())
                                : table.source().paths().get(0));
        Path staging = Folders.staging(target);
        try {
            Written written =
                    write(
                            insert.query(),
                            parameters,
                            new WriteTarget(
                                    table.source().format(),
                                    staging.toString(),
                                    table.source().options()),
                            columns,
                            insert.name().position());
            if (insert.overwrite()) {
                Folders.replace(target, staging);
                replaceFiles(table, target, insert.name());
            } else {
                Folders.addAll(target, staging);
            }
            return Results.written(written.rows, written.warnings);
        } finally {
            Folders.abandon(staging, target);
        }
    }

    private FileTableDefinition writableTable(Name name) {
        String schema = session.schemaOf(name);
        TableDefinition found =
                session.catalog()
                        .find(schema, name.last())
                        .orElseThrow(
                                () ->
                                        session.catalog()
                                                .tableNotFound(schema, name.last(), List.of())
                                                .at(name.position()));
        if (found instanceof FileTableDefinition table && table.ownership() == Ownership.MANAGED) {
            return table;
        }
        throw new QueryException(
                ErrorCode.NOT_SUPPORTED,
                name.position(),
                "'%s' is %s: rows are inserted into tables of the warehouse only"
                        .formatted(
                                name,
                                found.kind() == TableDefinition.Kind.VIEW
                                        ? "a view"
                                        : "an external table"),
                "write files with INSERT OVERWRITE DIRECTORY '…' USING csv SELECT …");
    }

    private void replaceFiles(FileTableDefinition table, Path folder, Name name) {
        FileSource old = table.source();
        FileSource source =
                new FileSource(
                        old.format(),
                        List.of(folder.toString()),
                        old.options(),
                        old.declared(),
                        old.partitionColumns());
        new DefinitionCommands(session)
                .define(
                        new FileTableDefinition(
                                table.schema(),
                                table.name(),
                                source,
                                table.comment(),
                                table.properties(),
                                table.ownership()),
                        Existing.REPLACE,
                        name);
    }

    /**
     * Runs a query and writes its rows as files; says how many they are.
     *
     * @param place what is written to, for errors of planning that have no place of their own
     */
    private Written write(
            Syntax query,
            List<Object> parameters,
            WriteTarget target,
            TableColumns columns,
            Position place) {
        Planner.Plan plan = plan(Parameters.bind(query, parameters), target, columns, place);
        long rows = 0;
        List<String> warnings;
        try (QueryRun run = session.run(plan)) {
            run.start();
            List<Batch> reports = new ArrayList<>();
            for (Batch batch = run.next(); batch != null; batch = run.next()) {
                reports.add(batch);
            }
            warnings = run.warnings();
            for (Batch report : reports) {
                for (int i = 0; i < report.rows(); i++) {
                    rows += (Long) report.column(1).value(i);
                }
            }
        }
        return new Written(rows, plan.query(), warnings);
    }

    private Planner.Plan plan(
            Syntax query, WriteTarget target, TableColumns columns, Position place) {
        Planner planner = session.planner(session.engine().functions());
        try {
            return columns == null
                    ? planner.planWrite(query, session.context(), target)
                    : planner.planInsert(
                            query, session.context(), target, columns.schema(), columns.places());
        } catch (QueryException e) {
            throw e.at(place);
        }
    }

    private record Written(long rows, Schema columns, List<String> warnings) {}
}
