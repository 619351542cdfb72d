package org.skep.parser;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.skep.model.error.Position;
import org.skep.parser.RowAction.Column;
import org.skep.parser.RowAction.Verb;
import org.skep.parser.RowAction.When;
import org.skep.parser.grammar.SkepParser.AliasContext;
import org.skep.parser.grammar.SkepParser.AssignmentContext;
import org.skep.parser.grammar.SkepParser.ChangeContext;
import org.skep.parser.grammar.SkepParser.DeleteContext;
import org.skep.parser.grammar.SkepParser.ExpressionContext;
import org.skep.parser.grammar.SkepParser.MatchedContext;
import org.skep.parser.grammar.SkepParser.MergeClauseContext;
import org.skep.parser.grammar.SkepParser.MergeContext;
import org.skep.parser.grammar.SkepParser.NameContext;
import org.skep.parser.grammar.SkepParser.NewRowContext;
import org.skep.parser.grammar.SkepParser.NotMatchedBySourceContext;
import org.skep.parser.grammar.SkepParser.NotMatchedContext;
import org.skep.parser.grammar.SkepParser.QualifiedNameContext;
import org.skep.parser.grammar.SkepParser.RowChangeContext;
import org.skep.parser.grammar.SkepParser.TablePrimaryContext;
import org.skep.parser.grammar.SkepParser.TransactionContext;
import org.skep.parser.grammar.SkepParser.UpdateContext;
import org.skep.parser.grammar.SkepParser.WhereContext;

/** DELETE, UPDATE and MERGE. */
final class ChangeTranslation {
    private final QueryTranslation queries;

    ChangeTranslation(QueryTranslation queries) {
        this.queries = queries;
    }

    Statement.Change change(ChangeContext context) {
        if (context instanceof DeleteContext delete) {
            return delete(delete);
        }
        return context instanceof UpdateContext update
                ? update(update)
                : merge((MergeContext) context);
    }

    /** {@code USING s WHERE c} deletes the rows for which there is an s: EXISTS. */
    private Statement.Change delete(DeleteContext delete) {
        Syntax where = where(delete.where());
        Syntax condition = where;
        if (delete.tablePrimary() != null) {
            SqlNode from = queries.tables().item(delete.tablePrimary());
            condition = new Syntax(exists(from, where == null ? null : where.node()));
        }
        RowAction action =
                new RowAction(
                        When.MATCHED,
                        condition,
                        Verb.DELETE,
                        List.of(),
                        List.of(),
                        Places.position(delete.DELETE().getSymbol()));
        return new Statement.Change(
                Identifiers.name(delete.qualifiedName()),
                alias(delete.alias()),
                null,
                null,
                List.of(action));
    }

    private static SqlNode exists(SqlNode from, SqlNode where) {
        return SqlStdOperatorTable.EXISTS.createCall(
                from.getParserPosition(), PlainSelect.any(from, where));
    }

    /** {@code FROM s WHERE c} is a MERGE whose rows match by c. */
    private Statement.Change update(UpdateContext update) {
        Position verb = Places.position(update.UPDATE().getSymbol());
        Syntax where = where(update.where());
        boolean joined = update.tablePrimary() != null;
        Syntax source = joined ? new Syntax(queries.tables().item(update.tablePrimary())) : null;
        Syntax all = new Syntax(SqlLiteral.createBoolean(true, SqlParserPos.ZERO));
        return new Statement.Change(
                Identifiers.name(update.qualifiedName()),
                alias(update.alias()),
                source,
                joined ? where == null ? all : where : null,
                List.of(assigned(When.MATCHED, joined ? null : where, update.assignment(), verb)));
    }

    private Statement.Change merge(MergeContext merge) {
        TablePrimaryContext source = merge.tablePrimary();
        List<RowAction> actions = new ArrayList<>();
        for (MergeClauseContext clause : merge.mergeClause()) {
            actions.add(action(clause));
        }
        return new Statement.Change(
                Identifiers.name(merge.qualifiedName()),
                alias(merge.alias()),
                new Syntax(queries.tables().item(source)),
                syntax(merge.expression()),
                actions);
    }

    private RowAction action(MergeClauseContext clause) {
        if (clause instanceof MatchedContext matched) {
            return changed(When.MATCHED, matched.expression(), matched.rowChange());
        }
        if (clause instanceof NotMatchedBySourceContext unmatched) {
            return changed(
                    When.NOT_MATCHED_BY_SOURCE, unmatched.expression(), unmatched.rowChange());
        }
        NotMatchedContext missing = (NotMatchedContext) clause;
        NewRowContext row = missing.newRow();
        List<Column> columns = new ArrayList<>();
        if (row.columnNames() != null) {
            for (NameContext name : row.columnNames().name()) {
                columns.add(new Column(Identifiers.text(name), Places.position(name)));
            }
        }
        return new RowAction(
                When.NOT_MATCHED,
                syntax(missing.expression()),
                Verb.INSERT,
                columns,
                row.expression().stream().map(this::syntax).toList(),
                Places.position(missing.INSERT().getSymbol()));
    }

    private RowAction changed(When when, ExpressionContext condition, RowChangeContext change) {
        Position verb = Places.position(change);
        return change.DELETE() != null
                ? new RowAction(when, syntax(condition), Verb.DELETE, List.of(), List.of(), verb)
                : assigned(when, syntax(condition), change.assignment(), verb);
    }

    private RowAction assigned(
            When when, Syntax condition, List<AssignmentContext> assignments, Position verb) {
        List<Column> columns = new ArrayList<>();
        List<Syntax> values = new ArrayList<>();
        for (AssignmentContext assignment : assignments) {
            QualifiedNameContext name = assignment.qualifiedName();
            columns.add(new Column(Identifiers.name(name).toString(), Places.position(name)));
            values.add(syntax(assignment.expression()));
        }
        return new RowAction(when, condition, Verb.UPDATE, columns, values, verb);
    }

    private Syntax where(WhereContext where) {
        return where == null ? null : syntax(where.expression());
    }

    private Syntax syntax(ExpressionContext expression) {
        return expression == null
                ? null
                : new Syntax(TreeDepth.checked(queries.expressions().expression(expression)));
    }

    static Statement.Transaction transaction(TransactionContext context) {
        Statement.Verb verb =
                context.COMMIT() != null
                        ? Statement.Verb.COMMIT
                        : context.ROLLBACK() != null
                                ? Statement.Verb.ROLLBACK
                                : Statement.Verb.BEGIN;
        return new Statement.Transaction(verb, Places.position(context));
    }

    private static String alias(AliasContext alias) {
        return alias == null ? null : Identifiers.text(alias);
    }
}
