package org.skep.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.skep.catalog.Existing;
import org.skep.catalog.FileTableDefinition;
import org.skep.catalog.TableDefinition;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.Position;
import org.skep.model.error.QueryException;
import org.skep.model.file.FileSource;
import org.skep.model.file.WriteTarget;
import org.skep.parser.Statement;
import org.skep.planner.Destination;

/** Statements that write rows to folders. */
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
        try (Staging staging = new Staging(target)) {
            Destination.Files files = files(insert.options());
            WriteTarget into = target(format, staging.folder(), insert.options(), files);
            RowWriter.Written written =
                    new RowWriter(session)
                            .write(
                                    RowWriter.job(
                                            insert.query(),
                                            parameters,
                                            insert.position(),
                                            columns -> Destination.of(into, columns, files)));
            staging.publish(written.names());
            return written.result();
        }
    }

    private static Destination.Files files(Map<String, String> options) {
        return Boolean.parseBoolean(options.get("single_file"))
                ? Destination.Files.ONE
                : Destination.Files.AS_THEY_COME;
    }

    private static WriteTarget target(
            String format, Path folder, Map<String, String> options, Destination.Files files) {
        return files == Destination.Files.ONE
                ? WriteTarget.ofOneFile(format, folder.toString(), options)
                : new WriteTarget(format, folder.toString(), options);
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

    /**
     * CREATE EXTERNAL TABLE … LOCATION … AS: the files are written there, the table is over them.
     */
    Result createExternalAs(Statement.CreateTableAs create, List<Object> parameters) {
        if (!create.partitioning().isEmpty()) {
            throw new QueryException(
                    ErrorCode.NOT_SUPPORTED,
                    create.partitioning().get(0).position(),
                    "an external table made AS a query cannot be partitioned",
                    "leave LOCATION out: tables of the warehouse can be");
        }
        String schema = session.schemaOf(create.name());
        String name = create.name().last();
        Existing existing = DefinitionCommands.existing(create.existing());
        TableDefinition old = session.catalog().find(schema, name).orElse(null);
        if (old != null && existing == Existing.SKIP) {
            return Results.nothing();
        }
        if (old != null && existing == Existing.FAIL) {
            throw new QueryException(
                    ErrorCode.ALREADY_EXISTS,
                    create.name().position(),
                    "table '%s' already exists".formatted(create.name()),
                    "write CREATE OR REPLACE TABLE to replace it");
        }
        String format = writable(create.format(), create.name().position());
        Path target = Path.of(SessionNames.absolute(create.location()));
        try (Staging staging = new Staging(target)) {
            Destination.Files files = files(create.options());
            WriteTarget into = target(format, staging.folder(), create.options(), files);
            RowWriter.Written written =
                    new RowWriter(session)
                            .write(
                                    RowWriter.job(
                                            create.query(),
                                            parameters,
                                            create.name().position(),
                                            columns -> Destination.of(into, columns, files)));
            staging.publish(written.names());
            FileTableDefinition table =
                    new FileTableDefinition(
                            schema,
                            name,
                            new FileSource(
                                    format,
                                    List.of(target.toString()),
                                    new HashMap<>(create.options()),
                                    written.columns(),
                                    null),
                            create.comment(),
                            create.properties());
            new DefinitionCommands(session).define(table, existing, create.name());
            return written.result();
        }
    }
}
