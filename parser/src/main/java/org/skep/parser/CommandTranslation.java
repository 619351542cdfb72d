package org.skep.parser;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.misc.Interval;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.apache.calcite.sql.SqlNode;
import org.skep.model.error.QueryException;
import org.skep.parser.Statement.Existing;
import org.skep.parser.grammar.SkepParser.ChangeStatementContext;
import org.skep.parser.grammar.SkepParser.CommandContext;
import org.skep.parser.grammar.SkepParser.CommandStatementContext;
import org.skep.parser.grammar.SkepParser.CommentContext;
import org.skep.parser.grammar.SkepParser.CreateSchemaContext;
import org.skep.parser.grammar.SkepParser.CreateTableContext;
import org.skep.parser.grammar.SkepParser.CreateViewContext;
import org.skep.parser.grammar.SkepParser.DescribeContext;
import org.skep.parser.grammar.SkepParser.DescribeQueryContext;
import org.skep.parser.grammar.SkepParser.DropSchemaContext;
import org.skep.parser.grammar.SkepParser.DropTableContext;
import org.skep.parser.grammar.SkepParser.DropViewContext;
import org.skep.parser.grammar.SkepParser.ExplainStatementContext;
import org.skep.parser.grammar.SkepParser.ExplainedContext;
import org.skep.parser.grammar.SkepParser.IfNotExistsContext;
import org.skep.parser.grammar.SkepParser.InsertBranchContext;
import org.skep.parser.grammar.SkepParser.InsertContext;
import org.skep.parser.grammar.SkepParser.InsertDirectoryContext;
import org.skep.parser.grammar.SkepParser.InsertManyContext;
import org.skep.parser.grammar.SkepParser.InsertTargetContext;
import org.skep.parser.grammar.SkepParser.LoadDataContext;
import org.skep.parser.grammar.SkepParser.ManageCommandContext;
import org.skep.parser.grammar.SkepParser.NameContext;
import org.skep.parser.grammar.SkepParser.OrReplaceContext;
import org.skep.parser.grammar.SkepParser.PartitionContext;
import org.skep.parser.grammar.SkepParser.PartitionValueContext;
import org.skep.parser.grammar.SkepParser.PatternContext;
import org.skep.parser.grammar.SkepParser.QueryContext;
import org.skep.parser.grammar.SkepParser.QueryStatementContext;
import org.skep.parser.grammar.SkepParser.ResetContext;
import org.skep.parser.grammar.SkepParser.ShowColumnsContext;
import org.skep.parser.grammar.SkepParser.ShowCreateContext;
import org.skep.parser.grammar.SkepParser.ShowFunctionsContext;
import org.skep.parser.grammar.SkepParser.ShowPartitionsContext;
import org.skep.parser.grammar.SkepParser.ShowSchemasContext;
import org.skep.parser.grammar.SkepParser.ShowSettingsContext;
import org.skep.parser.grammar.SkepParser.ShowTablesContext;
import org.skep.parser.grammar.SkepParser.SingleStatementContext;
import org.skep.parser.grammar.SkepParser.StatementContext;
import org.skep.parser.grammar.SkepParser.TransactionStatementContext;
import org.skep.parser.grammar.SkepParser.UseContext;
import org.skep.parser.grammar.SkepParser.ViewColumnContext;

/** Statements. */
final class CommandTranslation {
    private final QueryTranslation queries = new QueryTranslation();
    private final ChangeTranslation changes = new ChangeTranslation(queries);
    private final ManageTranslation managing = new ManageTranslation(this, queries.expressions());

    Statement statement(SingleStatementContext context) {
        StatementContext statement = context.statement();
        if (statement instanceof QueryStatementContext query) {
            return query(query.query());
        }
        if (statement instanceof ExplainStatementContext explain) {
            ExplainOptions options = ExplainOptions.of(explain.explainOption());
            ExplainedContext explained = explain.explained();
            return new Statement.Explain(explained(explained), options.modes(), options.format());
        }
        if (statement instanceof ChangeStatementContext change) {
            return changes.change(change.change());
        }
        if (statement instanceof TransactionStatementContext transaction) {
            return ChangeTranslation.transaction(transaction.transaction());
        }
        return command(((CommandStatementContext) statement).command());
    }

    private Statement explained(ExplainedContext context) {
        if (context.change() != null) {
            return changes.change(context.change());
        }
        return context.query() != null ? query(context.query()) : command(context.command());
    }

    private Statement query(QueryContext context) {
        return new Statement.Query(syntax(context), text(context));
    }

    Syntax syntax(QueryContext context) {
        return new Syntax(TreeDepth.checked(queries.query(context)));
    }

    static String text(ParserRuleContext context) {
        Interval span =
                Interval.of(context.getStart().getStartIndex(), context.getStop().getStopIndex());
        return context.getStart().getInputStream().getText(span);
    }

    private Statement command(CommandContext context) {
        if (context instanceof InsertContext insert) {
            return insert(insert.insertTarget(), syntax(insert.query()));
        }
        if (context instanceof InsertManyContext many) {
            return insertMany(many);
        }
        if (context instanceof LoadDataContext load) {
            return load(load);
        }
        if (context instanceof InsertDirectoryContext insert) {
            DirectoryClauses clauses = new DirectoryClauses(insert.directoryClause());
            return new Statement.InsertDirectory(
                    Strings.of(insert.STRING().getSymbol()),
                    clauses.format(),
                    clauses.options(),
                    syntax(insert.query()),
                    Places.position(insert.STRING().getSymbol()));
        }
        if (context instanceof CreateTableContext create) {
            return createTable(create);
        }
        if (context instanceof CreateViewContext create) {
            return createView(create);
        }
        if (context instanceof CreateSchemaContext create) {
            return new Statement.CreateSchema(
                    Identifiers.name(create.qualifiedName()),
                    existing(null, create.ifNotExists()),
                    comment(create.comment()));
        }
        if (context instanceof DropTableContext drop) {
            return new Statement.DropTable(
                    Identifiers.name(drop.qualifiedName()),
                    drop.ifExists() != null,
                    drop.PURGE() != null);
        }
        if (context instanceof DropViewContext drop) {
            Name name = Identifiers.name(drop.qualifiedName());
            return new Statement.DropView(name, drop.ifExists() != null);
        }
        if (context instanceof DropSchemaContext drop) {
            return new Statement.DropSchema(
                    Identifiers.name(drop.qualifiedName()),
                    drop.ifExists() != null,
                    drop.CASCADE() != null);
        }
        return context instanceof ManageCommandContext manage
                ? managing.statement(manage.manage())
                : session(context);
    }

    private Statement session(CommandContext context) {
        if (context instanceof UseContext use) {
            return new Statement.Use(Identifiers.name(use.qualifiedName()));
        }
        if (context instanceof ResetContext reset) {
            boolean all =
                    reset.settingKey() == null
                            || reset.settingKey().getText().equalsIgnoreCase("all");
            return new Statement.ResetSetting(
                    all ? null : reset.settingKey().getText(), Places.position(reset));
        }
        if (context instanceof DescribeContext describe) {
            boolean extended = describe.EXTENDED() != null || describe.FORMATTED() != null;
            return new Statement.Describe(
                    Identifiers.name(describe.qualifiedName()),
                    describe.name() == null ? null : Identifiers.name(describe.name()),
                    extended);
        }
        if (context instanceof DescribeQueryContext describe) {
            return new Statement.DescribeQuery(syntax(describe.query()));
        }
        if (context instanceof ShowTablesContext show) {
            Name schema =
                    show.qualifiedName() == null ? null : Identifiers.name(show.qualifiedName());
            return new Statement.ShowTables(schema, pattern(show.pattern()));
        }
        if (context instanceof ShowSchemasContext show) {
            return new Statement.ShowSchemas(pattern(show.pattern()));
        }
        if (context instanceof ShowColumnsContext show) {
            return new Statement.ShowColumns(Identifiers.name(show.qualifiedName()));
        }
        if (context instanceof ShowFunctionsContext show) {
            return new Statement.ShowFunctions(pattern(show.pattern()));
        }
        if (context instanceof ShowCreateContext show) {
            return new Statement.ShowCreateTable(Identifiers.name(show.qualifiedName()));
        }
        if (context instanceof ShowPartitionsContext show) {
            return new Statement.ShowPartitions(Identifiers.name(show.qualifiedName()));
        }
        return context instanceof ShowSettingsContext show
                ? new Statement.ShowSettings(pattern(show.pattern()))
                : new Statement.ShowSkew();
    }

    private Statement createView(CreateViewContext create) {
        List<String> columns = new ArrayList<>();
        for (ViewColumnContext column : create.viewColumn()) {
            columns.add(Identifiers.text(column.name()));
        }
        return new Statement.CreateView(
                Identifiers.name(create.qualifiedName()),
                columns,
                syntax(create.query()),
                text(create.query()),
                existing(create.orReplace(), create.ifNotExists()),
                create.temporary() != null);
    }

    private Statement createTable(CreateTableContext create) {
        if (create.temporary() != null) {
            throw Places.notSupported(
                    Places.of(create.temporary()),
                    "a temporary table",
                    "use CREATE TEMP VIEW … AS, or a table that you drop");
        }
        TableClauses clauses = new TableClauses(create, new TableRules(queries.expressions()));
        Name name = Identifiers.name(create.qualifiedName());
        Existing existing = existing(create.orReplace(), create.ifNotExists());
        boolean external = create.EXTERNAL() != null;
        if (create.query() == null) {
            return new Statement.CreateTable(
                    name,
                    external,
                    existing,
                    clauses.columns(),
                    clauses.partitionColumns(),
                    clauses.partitioning(),
                    clauses.sorting(),
                    clauses.format(),
                    clauses.options(),
                    clauses.location(),
                    clauses.properties(),
                    clauses.comment(),
                    clauses.comments(),
                    clauses.rules());
        }
        if (!create.tableElement().isEmpty()) {
            throw Places.syntaxError(
                    Places.of(create.tableElement(0)),
                    "columns and a query at once",
                    "leave the columns out: a table made AS a query takes the query's columns");
        }
        return new Statement.CreateTableAs(
                name,
                external,
                existing,
                clauses.partitioning(),
                clauses.sorting(),
                clauses.format(),
                clauses.options(),
                clauses.location(),
                clauses.properties(),
                clauses.comment(),
                syntax(create.query()));
    }

    private Statement.Insert insert(InsertTargetContext target, Syntax query) {
        List<String> columns =
                target.columnNames() == null
                        ? List.of()
                        : Identifiers.texts(target.columnNames().name());
        return new Statement.Insert(
                Identifiers.name(target.qualifiedName()),
                target.OVERWRITE() != null,
                columns,
                target.partition() == null ? Map.of() : partition(target.partition()),
                target.partition() == null ? List.of() : dynamic(target.partition()),
                query);
    }

    /** Each INSERT gets the rows of FROM for itself: checking changes the syntax. */
    private Statement insertMany(InsertManyContext many) {
        List<Statement.Insert> inserts = new ArrayList<>();
        for (InsertBranchContext branch : many.insertBranch()) {
            SqlNode query = queries.branch(many.fromClause(), branch);
            inserts.add(insert(branch.insertTarget(), new Syntax(TreeDepth.checked(query))));
        }
        return inserts.size() == 1 ? inserts.get(0) : new Statement.InsertMany(inserts);
    }

    /** The rows of files are added to a table; the files stay. */
    private Statement load(LoadDataContext load) {
        SqlNode files = queries.tables().files(load.STRING().getSymbol());
        PartitionContext partition = load.partition();
        return new Statement.Insert(
                Identifiers.name(load.qualifiedName()),
                load.OVERWRITE() != null,
                List.of(),
                partition == null ? Map.of() : partition(partition),
                partition == null ? List.of() : dynamic(partition),
                new Syntax(files));
    }

    Map<String, Syntax> partition(PartitionContext context) {
        Map<String, Syntax> values = new LinkedHashMap<>();
        NameContext dynamic = null;
        for (PartitionValueContext value : context.partitionValue()) {
            if (value.expression() == null) {
                dynamic = value.name();
            } else if (dynamic != null) {
                throw staticAfterDynamic(value, dynamic);
            } else {
                SqlNode node = queries.expressions().expression(value.expression());
                values.put(Identifiers.text(value.name()), new Syntax(node));
            }
        }
        return values;
    }

    private static List<String> dynamic(PartitionContext context) {
        return context.partitionValue().stream()
                .filter(value -> value.expression() == null)
                .map(value -> Identifiers.text(value.name()))
                .toList();
    }

    private static QueryException staticAfterDynamic(
            PartitionValueContext value, NameContext dynamic) {
        return Places.syntaxError(
                Places.of(value),
                "partition column '%s' has a value but '%s' before it has none"
                        .formatted(value.name().getText(), dynamic.getText()),
                "name the columns with values first");
    }

    static Existing existing(OrReplaceContext replace, IfNotExistsContext skip) {
        if (replace != null && skip != null) {
            throw Places.syntaxError(
                    Places.of(skip), "OR REPLACE and IF NOT EXISTS at once", "choose one of them");
        }
        return replace != null ? Existing.REPLACE : skip != null ? Existing.SKIP : Existing.FAIL;
    }

    static String comment(CommentContext comment) {
        return comment == null ? null : string(comment.STRING());
    }

    static String pattern(PatternContext pattern) {
        return pattern == null ? null : string(pattern.STRING());
    }

    static String string(TerminalNode string) {
        return Strings.of(string.getSymbol());
    }
}
