package org.skep.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.skep.catalog.Existing;
import org.skep.catalog.ManagedDefinition;
import org.skep.catalog.TableDefinition;
import org.skep.catalog.iceberg.ManagedTable;
import org.skep.catalog.iceberg.TableChanges;
import org.skep.catalog.iceberg.TableSpec;
import org.skep.catalog.iceberg.TableWrite;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.parser.Name;
import org.skep.parser.Statement;
import org.skep.planner.Planner;
import org.skep.planner.change.ColumnDefaults;
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
        if (create.columns().isEmpty() || create.external()) {
            throw incomplete(create);
        }
        Schema columns = new Schema(create.allColumns());
        Map<String, String> properties = new HashMap<>(create.properties());
        properties.putAll(
                new Rules(session)
                        .properties(create.rules(), columns, create.name().last(), Set.of()));
        TableSpec spec =
                new TableSpec(
                        schema,
                        create.name().last(),
                        columns,
                        TableTerms.partitioning(create.partitioning(), columns),
                        TableTerms.sorting(create.sorting(), columns),
                        create.comment(),
                        properties,
                        create.comments());
        return define(spec, old, existing, create.name());
    }

    /**
     * Makes an empty table.
     *
     * @param old what has its name; null for nothing
     */
    Result define(TableSpec spec, TableDefinition old, Existing existing, Name name) {
        try {
            if (replaces(old, existing, name)) {
                session.catalog().tables().creation(named(spec, old), true).commit(List.of());
            } else {
                session.catalog().tables().create(spec);
            }
        } catch (QueryException e) {
            throw e.at(name.position());
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
                                    TableTerms.partitioning(create.partitioning(), query),
                                    TableTerms.sorting(create.sorting(), query),
                                    create.comment(),
                                    create.properties());
                    return session.catalog()
                            .tables()
                            .creation(replaces ? named(spec, old) : spec, replaces);
                };
        return committed(
                new Insertion.Planned(
                        create.query(), parameters, creation, null, List.of(), create.name()));
    }

    Result insert(Statement.Insert insert, List<Object> parameters) {
        return Retries.of(session, () -> committed(planned(insert, parameters)));
    }

    /** All read before any is published, and are published together. */
    Result insertMany(Statement.InsertMany many, List<Object> parameters) {
        return session.inTransaction()
                ? together(many, parameters)
                : Retries.of(
                        session,
                        () -> {
                            session.begin();
                            try {
                                Result result = together(many, parameters);
                                session.commit();
                                return result;
                            } finally {
                                session.rollback(); // nothing once it is committed
                            }
                        });
    }

    /** How INSERT, one or many, would be run. */
    Planner.Plan plan(List<Statement.Insert> inserts, List<Object> parameters) {
        return Insertion.plan(
                session, inserts.stream().map(insert -> planned(insert, parameters)).toList());
    }

    private Result together(Statement.InsertMany many, List<Object> parameters) {
        List<Insertion.Planned> planned = new ArrayList<>();
        many.inserts().forEach(insert -> planned.add(planned(insert, parameters)));
        List<Insertion> insertions = Insertion.of(session, planned);
        try {
            insertions.forEach(insertion -> insertion.write().commit());
            return Results.written(
                    insertions.stream().mapToLong(one -> one.written().rows()).sum(),
                    insertions.stream().mapToLong(one -> one.written().files().size()).sum(),
                    insertions.stream().flatMap(one -> one.written().warnings().stream()).toList());
        } finally {
            insertions.forEach(insertion -> insertion.write().close());
        }
    }

    private Insertion.Planned planned(Statement.Insert insert, List<Object> parameters) {
        ManagedTable table = session.writable(insert.name());
        Planner planner = session.planner();
        ColumnDefaults defaults = Rules.defaults(table);
        TableColumns columns =
                TableColumns.of(
                        table.schema(),
                        insert,
                        defaults,
                        value ->
                                planner.constant(
                                        Parameters.bind(value, parameters), session.context()));
        TableWrite write = begin(insert, session.changes(table), columns);
        return new Insertion.Planned(
                defaults.in(insert.query(), columns.given(table.schema())),
                parameters,
                query -> write,
                columns.sources(),
                new Rules(session).checks(table),
                insert.name());
    }

    private static TableWrite begin(
            Statement.Insert insert, TableChanges changes, TableColumns columns) {
        try {
            return !insert.overwrite()
                    ? changes.append()
                    : insert.dynamic().isEmpty()
                            ? changes.overwrite(columns.partition())
                            : changes.overwritePartitions();
        } catch (QueryException e) {
            throw e.at(insert.name().position());
        }
    }

    private Result committed(Insertion.Planned planned) {
        Insertion insertion = Insertion.of(session, List.of(planned)).get(0);
        try (PendingWrite write = insertion.write()) {
            write.commit();
            return insertion.written().result();
        }
    }

    /** The schema of a table to be made, which must be there. */
    String schema(Name name) {
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
                spec.sorting(),
                spec.comment(),
                spec.properties(),
                spec.comments());
    }

    /** A query's columns: that this one gives no NULL says nothing about rows to come. */
    static Schema nullable(Schema query) {
        return new Schema(
                query.fields().stream()
                        .map(field -> new Field(field.name(), field.type(), true))
                        .toList());
    }
}
