package org.skep.engine;

import java.util.List;
import java.util.Optional;
import org.skep.catalog.TableDefinition;
import org.skep.catalog.iceberg.ColumnChanges;
import org.skep.catalog.iceberg.ManagedTable;
import org.skep.catalog.iceberg.TableEvolution;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.type.Field;
import org.skep.parser.Alteration;
import org.skep.parser.ColumnPlace;
import org.skep.parser.Name;
import org.skep.parser.PartitionTerm;
import org.skep.parser.Statement;

/** ALTER TABLE: columns, properties, partitions and the name of a table. */
final class AlterCommands {
    private static final String ONLY_TABLES = "only tables of the warehouse can be changed";
    private static final String OTHERWISE =
            "drop it and create it again as it is to be: files of external tables are not touched";

    private final SessionState session;

    AlterCommands(SessionState session) {
        this.session = session;
    }

    Result run(Statement.AlterTable alter) {
        Name name = alter.name();
        if (alter.ifExists() && !exists(name)) {
            return Results.nothing();
        }
        if (alter.change() instanceof Alteration.RenameTable rename) {
            return rename(name, rename.to(), TableDefinition.Kind.TABLE);
        }
        ManagedTable managed = session.managed(name, ONLY_TABLES, OTHERWISE);
        TableEvolution table = new TableEvolution(managed);
        try {
            change(table, new RuleCommands(session, managed, table), alter);
            return Results.nothing();
        } catch (QueryException e) {
            throw e.at(name.position());
        }
    }

    private boolean exists(Name name) {
        return session.catalog().find(session.schemaOf(name), name.last()).isPresent();
    }

    private static void change(
            TableEvolution table, RuleCommands rules, Statement.AlterTable alter) {
        Alteration change = alter.change();
        switch (change.kind()) {
            case ADD_COLUMNS -> {
                Alteration.AddColumns add = (Alteration.AddColumns) change;
                table.columns(columns -> add.columns().forEach(one -> add(columns, one, add)));
            }
            case DROP_COLUMNS -> {
                Alteration.DropColumns drop = (Alteration.DropColumns) change;
                drop.columns().forEach(rules::requireUnchecked);
                table.columns(columns -> drop.columns().forEach(one -> drop(columns, one, drop)));
                rules.dropDefaults(drop.columns());
            }
            case RENAME_COLUMN -> {
                Alteration.RenameColumn rename = (Alteration.RenameColumn) change;
                Name column = rename.column();
                rules.requireUnchecked(column);
                table.columns(
                        columns ->
                                placed(column, () -> columns.rename(column.parts(), rename.to())));
                rules.moveDefault(column, rename.to());
            }
            case CHANGE_COLUMN -> {
                Alteration.ChangeColumn one = (Alteration.ChangeColumn) change;
                if (one.to() != null || one.type() != null) {
                    rules.requireUnchecked(one.column());
                }
                table.columns(columns -> placed(one.column(), () -> change(columns, one)));
                if (one.to() != null) {
                    rules.moveDefault(one.column(), one.to());
                }
            }
            case RENAME_TABLE -> throw new IllegalStateException("done before");
            case SET_PROPERTIES ->
                    table.setProperties(((Alteration.SetProperties) change).properties());
            case UNSET_PROPERTIES ->
                    table.unsetProperties(((Alteration.UnsetProperties) change).keys());
            case ADD_PARTITION_FIELD -> {
                Alteration.AddPartitionField add = (Alteration.AddPartitionField) change;
                PartitionTerm term = add.term();
                at(
                        term,
                        () ->
                                table.addPartition(
                                        term.column(), term.transform(), term.width(), add.name()));
            }
            case DROP_PARTITION_FIELD -> {
                PartitionTerm term = ((Alteration.DropPartitionField) change).term();
                at(term, () -> table.dropPartition(term.column(), term.transform(), term.width()));
            }
            case SET_SORTING ->
                    table.sort(
                            columns ->
                                    TableTerms.sorting(
                                            ((Alteration.SetSorting) change).sorting(), columns));
            case ADD_RULE -> rules.add(((Alteration.AddRule) change).rule(), alter.name());
            case DROP_RULE -> rules.drop((Alteration.DropRule) change);
        }
    }

    private static void at(PartitionTerm term, Runnable change) {
        try {
            change.run();
        } catch (QueryException e) {
            throw e.at(term.position());
        }
    }

    private static void placed(Name column, Runnable change) {
        try {
            change.run();
        } catch (QueryException e) {
            throw e.at(column.position());
        }
    }

    private static void add(
            ColumnChanges columns, Alteration.NewColumn column, Alteration.AddColumns add) {
        List<String> path = column.name().parts();
        if (add.ifNotExists() && columns.has(path)) {
            return;
        }
        placed(
                column.name(),
                () -> {
                    columns.add(
                            path,
                            new Field(column.name().last(), column.type(), column.nullable()),
                            column.comment());
                    move(columns, path, column.place());
                });
    }

    private static void drop(ColumnChanges columns, Name column, Alteration.DropColumns drop) {
        if (!drop.ifExists() || columns.has(column.parts())) {
            placed(column, () -> columns.drop(column.parts()));
        }
    }

    private static void change(ColumnChanges columns, Alteration.ChangeColumn change) {
        List<String> path = change.column().parts();
        if (change.type() != null) {
            columns.retype(path, change.type());
        }
        if (change.comment() != null) {
            columns.comment(path, change.comment());
        }
        if (change.nullable() != null && change.nullable()) {
            columns.allowNull(path);
        } else if (change.nullable() != null) {
            columns.forbidNull(path);
        }
        move(columns, path, change.place());
        if (change.to() != null && !change.to().equals(change.column().last())) {
            columns.rename(path, change.to());
        }
    }

    private static void move(ColumnChanges columns, List<String> path, ColumnPlace place) {
        if (place == null) {
            return;
        }
        if (place.after() == null) {
            columns.first(path);
        } else {
            columns.after(path, place.after());
        }
    }

    private Result rename(Name from, Name to, TableDefinition.Kind kind) {
        TableDefinition found = session.definition(from);
        requireKind(from, found, kind);
        // a name without a schema stays in the table's own
        String schema = to.parts().size() == 1 ? found.schema() : session.schemaOf(to);
        try {
            session.catalog().rename(found.schema(), found.name(), schema, to.last());
            return Results.nothing();
        } catch (QueryException e) {
            throw e.at(e.code() == ErrorCode.TABLE_NOT_FOUND ? from.position() : to.position());
        }
    }

    private static void requireKind(Name name, TableDefinition found, TableDefinition.Kind kind) {
        boolean isView = found.kind() == TableDefinition.Kind.VIEW;
        if (isView != (kind == TableDefinition.Kind.VIEW)) {
            throw new QueryException(
                    ErrorCode.INVALID_STATEMENT,
                    name.position(),
                    "'%s' is a %s".formatted(name, isView ? "view" : "table"),
                    "write ALTER %s".formatted(isView ? "VIEW" : "TABLE"));
        }
    }

    Result renameView(Statement.RenameView rename) {
        Name name = rename.name();
        if (isTemporary(name)) {
            throw new QueryException(
                    ErrorCode.NOT_SUPPORTED,
                    name.position(),
                    "'%s' is a temporary view".formatted(name),
                    "create it under the other name");
        }
        return rename.ifExists() && !exists(name)
                ? Results.nothing()
                : rename(name, rename.to(), TableDefinition.Kind.VIEW);
    }

    private boolean isTemporary(Name name) {
        return name.parts().size() == 1 && session.views().find(name.last()).isPresent();
    }

    /** ALTER VIEW … AS, as the statement that replaces the view; empty when there may be none. */
    Optional<Statement.CreateView> redefined(Statement.AlterViewQuery alter) {
        Name name = alter.name();
        if (alter.ifExists() && !isTemporary(name) && !exists(name)) {
            return Optional.empty();
        }
        requireKind(name, session.definition(name), TableDefinition.Kind.VIEW);
        return Optional.of(
                new Statement.CreateView(
                        name,
                        List.of(),
                        alter.query(),
                        alter.querySql(),
                        Statement.Existing.REPLACE,
                        isTemporary(name)));
    }
}
