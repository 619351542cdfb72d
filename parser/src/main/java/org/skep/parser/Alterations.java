package org.skep.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.skep.parser.Alteration.ChangeColumn;
import org.skep.parser.Alteration.NewColumn;
import org.skep.parser.grammar.SkepParser.AddCheckContext;
import org.skep.parser.grammar.SkepParser.AddColumnsContext;
import org.skep.parser.grammar.SkepParser.AddPartitionFieldContext;
import org.skep.parser.grammar.SkepParser.AlterationContext;
import org.skep.parser.grammar.SkepParser.ChangeColumnContext;
import org.skep.parser.grammar.SkepParser.ColumnChangeContext;
import org.skep.parser.grammar.SkepParser.ColumnPlaceContext;
import org.skep.parser.grammar.SkepParser.CommentColumnContext;
import org.skep.parser.grammar.SkepParser.DefaultOfColumnContext;
import org.skep.parser.grammar.SkepParser.DropColumnsContext;
import org.skep.parser.grammar.SkepParser.DropConstraintContext;
import org.skep.parser.grammar.SkepParser.DropPartitionFieldContext;
import org.skep.parser.grammar.SkepParser.HiveChangeColumnContext;
import org.skep.parser.grammar.SkepParser.MoveColumnContext;
import org.skep.parser.grammar.SkepParser.NewColumnContext;
import org.skep.parser.grammar.SkepParser.NullableColumnContext;
import org.skep.parser.grammar.SkepParser.RenameColumnContext;
import org.skep.parser.grammar.SkepParser.RenameToContext;
import org.skep.parser.grammar.SkepParser.RetypeColumnContext;
import org.skep.parser.grammar.SkepParser.SetPropertiesContext;
import org.skep.parser.grammar.SkepParser.UnsetPropertiesContext;
import org.skep.parser.grammar.SkepParser.WriteOrderedContext;
import org.skep.parser.grammar.SkepParser.WriteUnorderedContext;

/** What stands behind ALTER TABLE and its name. */
final class Alterations {
    private final TableRules rules;

    Alterations(TableRules rules) {
        this.rules = rules;
    }

    Alteration of(AlterationContext context) {
        if (context instanceof AddColumnsContext add) {
            List<NewColumn> columns = new ArrayList<>();
            add.newColumn().forEach(column -> columns.add(column(column)));
            return new Alteration.AddColumns(columns, add.ifNotExists() != null);
        }
        if (context instanceof DropColumnsContext drop) {
            List<Name> columns = drop.qualifiedName().stream().map(Identifiers::name).toList();
            return new Alteration.DropColumns(columns, drop.ifExists() != null);
        }
        if (context instanceof RenameColumnContext rename) {
            return new Alteration.RenameColumn(
                    Identifiers.name(rename.qualifiedName()), Identifiers.text(rename.name()));
        }
        if (context instanceof RenameToContext rename) {
            return new Alteration.RenameTable(Identifiers.name(rename.qualifiedName()));
        }
        if (context instanceof ChangeColumnContext change) {
            Name column = Identifiers.name(change.qualifiedName());
            return change.columnChange() instanceof DefaultOfColumnContext value
                    ? defaultOf(column, value)
                    : change(column, change.columnChange());
        }
        if (context instanceof HiveChangeColumnContext change) {
            return new ChangeColumn(
                    Identifiers.name(change.qualifiedName()),
                    Identifiers.text(change.name()),
                    Types.type(change.type()),
                    null,
                    CommandTranslation.comment(change.comment()),
                    place(change.columnPlace()));
        }
        if (context instanceof AddCheckContext add) {
            return new Alteration.AddRule(rules.check(add.check()));
        }
        if (context instanceof DropConstraintContext drop) {
            Name name =
                    new Name(List.of(Identifiers.text(drop.name())), Places.position(drop.name()));
            return new Alteration.DropRule(TableRule.Kind.CHECK, name, drop.ifExists() != null);
        }
        if (context instanceof SetPropertiesContext set) {
            return new Alteration.SetProperties(
                    set.properties() == null
                            ? Map.of("comment", CommandTranslation.string(set.STRING()))
                            : FileOptions.properties(set.properties()));
        }
        if (context instanceof UnsetPropertiesContext unset) {
            return new Alteration.UnsetProperties(
                    unset.propertyKey().stream().map(FileOptions::key).toList(),
                    unset.ifExists() != null);
        }
        if (context instanceof AddPartitionFieldContext add) {
            return new Alteration.AddPartitionField(
                    TableClauses.term(add.partitionField()),
                    add.name() == null ? null : Identifiers.text(add.name()));
        }
        if (context instanceof WriteOrderedContext ordered) {
            return new Alteration.SetSorting(
                    ordered.sortColumn().stream().map(TableClauses::sortTerm).toList());
        }
        if (context instanceof WriteUnorderedContext) {
            return new Alteration.SetSorting(List.of());
        }
        return new Alteration.DropPartitionField(
                TableClauses.term(((DropPartitionFieldContext) context).partitionField()));
    }

    private Alteration defaultOf(Name column, DefaultOfColumnContext value) {
        return value.expression() == null
                ? new Alteration.DropRule(TableRule.Kind.DEFAULT, column, false)
                : new Alteration.AddRule(rules.defaultOf(column.toString(), value.expression()));
    }

    private static NewColumn column(NewColumnContext column) {
        return new NewColumn(
                Identifiers.name(column.qualifiedName()),
                Types.type(column.type()),
                column.NOT() == null,
                CommandTranslation.comment(column.comment()),
                place(column.columnPlace()));
    }

    private static ColumnPlace place(ColumnPlaceContext place) {
        return place == null
                ? null
                : new ColumnPlace(place.name() == null ? null : Identifiers.text(place.name()));
    }

    private static ChangeColumn change(Name column, ColumnChangeContext change) {
        if (change instanceof RetypeColumnContext retype) {
            return new ChangeColumn(
                    column,
                    null,
                    Types.type(retype.type()),
                    null,
                    CommandTranslation.comment(retype.comment()),
                    place(retype.columnPlace()));
        }
        if (change instanceof NullableColumnContext nullable) {
            boolean allowed = nullable.DROP() != null;
            return new ChangeColumn(column, null, null, allowed, null, null);
        }
        if (change instanceof CommentColumnContext comment) {
            String text = CommandTranslation.comment(comment.comment());
            return new ChangeColumn(column, null, null, null, text, null);
        }
        ColumnPlace place = place(((MoveColumnContext) change).columnPlace());
        return new ChangeColumn(column, null, null, null, null, place);
    }
}
