package org.skep.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.ParserRuleContext;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlNode;
import org.skep.model.error.Position;
import org.skep.model.error.QueryException;
import org.skep.model.error.Suggestion;
import org.skep.model.type.Type;
import org.skep.parser.Statement.AnalyzeTable;
import org.skep.parser.grammar.SkepParser.AlterTableContext;
import org.skep.parser.grammar.SkepParser.AlterViewContext;
import org.skep.parser.grammar.SkepParser.AnalyzeTableContext;
import org.skep.parser.grammar.SkepParser.AnalyzedColumnsContext;
import org.skep.parser.grammar.SkepParser.AnalyzedRowsContext;
import org.skep.parser.grammar.SkepParser.CreateTableLikeContext;
import org.skep.parser.grammar.SkepParser.ExecuteArgumentContext;
import org.skep.parser.grammar.SkepParser.ExecuteContext;
import org.skep.parser.grammar.SkepParser.ExpireSnapshotsContext;
import org.skep.parser.grammar.SkepParser.ManageContext;
import org.skep.parser.grammar.SkepParser.NameContext;
import org.skep.parser.grammar.SkepParser.NumberContext;
import org.skep.parser.grammar.SkepParser.OperationContext;
import org.skep.parser.grammar.SkepParser.OptimizeTableContext;
import org.skep.parser.grammar.SkepParser.RemoveOrphansContext;
import org.skep.parser.grammar.SkepParser.RollbackTableContext;
import org.skep.parser.grammar.SkepParser.ShowSnapshotsContext;
import org.skep.parser.grammar.SkepParser.ShowStatisticsContext;
import org.skep.parser.grammar.SkepParser.ShowTableExtendedContext;
import org.skep.parser.grammar.SkepParser.TruncateTableContext;
import org.skep.parser.grammar.SkepParser.VersionContext;

/** Statements that manage tables. */
final class ManageTranslation {
    private static final List<String> PROCEDURES =
            List.of("expire_snapshots", "remove_orphan_files", "rollback_to_snapshot");

    private final CommandTranslation commands;
    private final ExpressionTranslation expressions;

    ManageTranslation(CommandTranslation commands, ExpressionTranslation expressions) {
        this.commands = commands;
        this.expressions = expressions;
    }

    Statement statement(ManageContext context) {
        if (context instanceof ShowSnapshotsContext show) {
            return new Statement.ShowSnapshots(Identifiers.name(show.qualifiedName()));
        }
        if (context instanceof ShowTableExtendedContext show) {
            return new Statement.ShowTableExtended(
                    show.qualifiedName() == null ? null : Identifiers.name(show.qualifiedName()),
                    CommandTranslation.pattern(show.pattern()));
        }
        if (context instanceof RollbackTableContext rollback) {
            return new Statement.RollbackTable(
                    Identifiers.name(rollback.qualifiedName()), version(rollback.version()));
        }
        if (context instanceof ExpireSnapshotsContext expire) {
            int retained = expire.number() == null ? 1 : count(expire.number());
            return new Statement.ExpireSnapshots(
                    Identifiers.name(expire.qualifiedName()), age(expire.operation()), retained);
        }
        if (context instanceof RemoveOrphansContext remove) {
            return new Statement.RemoveOrphans(
                    remove.qualifiedName() == null
                            ? null
                            : Identifiers.name(remove.qualifiedName()),
                    age(remove.operation()));
        }
        if (context instanceof OptimizeTableContext optimize) {
            return new Statement.OptimizeTable(Identifiers.name(optimize.qualifiedName()));
        }
        if (context instanceof AnalyzeTableContext analyze) {
            return analyze(analyze);
        }
        if (context instanceof ShowStatisticsContext show) {
            return new Statement.ShowStatistics(Identifiers.name(show.qualifiedName()));
        }
        if (context instanceof TruncateTableContext truncate) {
            return truncate(truncate);
        }
        if (context instanceof CreateTableLikeContext create) {
            return new Statement.CreateTableLike(
                    Identifiers.name(create.qualifiedName(0)),
                    CommandTranslation.existing(create.orReplace(), create.ifNotExists()),
                    Identifiers.name(create.qualifiedName(1)),
                    CommandTranslation.comment(create.comment()),
                    create.properties() == null
                            ? Map.of()
                            : FileOptions.properties(create.properties()));
        }
        if (context instanceof AlterViewContext alter) {
            return alterView(alter);
        }
        AlterTableContext alter = (AlterTableContext) context;
        Name name = Identifiers.name(alter.qualifiedName());
        return alter.alteration() instanceof ExecuteContext execute
                ? execute(name, execute)
                : new Statement.AlterTable(
                        name,
                        alter.ifExists() != null,
                        new Alterations(new TableRules(expressions)).of(alter.alteration()));
    }

    private static Statement analyze(AnalyzeTableContext analyze) {
        List<NameContext> partition = new ArrayList<>();
        if (analyze.partition() != null) {
            analyze.partition().partitionValue().forEach(value -> partition.add(value.name()));
        }
        List<NameContext> columns = List.of();
        AnalyzeTable.Analyzed analyzed = AnalyzeTable.Analyzed.ALL;
        if (analyze.columnNames() != null) {
            columns = analyze.columnNames().name();
        } else if (analyze.analyzed() instanceof AnalyzedColumnsContext some) {
            columns = some.columnNames() == null ? some.name() : some.columnNames().name();
        } else if (analyze.analyzed() instanceof AnalyzedRowsContext) {
            analyzed = AnalyzeTable.Analyzed.ROWS;
        }
        return new AnalyzeTable(
                Identifiers.name(analyze.qualifiedName()),
                partition.stream().map(Identifiers::name).toList(),
                columns.isEmpty() ? analyzed : AnalyzeTable.Analyzed.NAMED,
                columns.stream().map(Identifiers::name).toList());
    }

    private TableVersion version(VersionContext context) {
        TableVersion.By by =
                context.TIMESTAMP() == null ? TableVersion.By.VERSION : TableVersion.By.TIMESTAMP;
        return new TableVersion(
                by,
                TableVersion.value(by, expressions.operation(context.operation())),
                Places.position(context.operation()));
    }

    private Statement.Age age(OperationContext context) {
        return context == null
                ? null
                : age(expressions.operation(context), Places.position(context));
    }

    /** A text is a time if it begins like one, else a duration. */
    private static Statement.Age age(SqlNode value, Position position) {
        Syntax plain = new Syntax(value);
        if (!(value instanceof SqlCharStringLiteral literal)) {
            return new Statement.Age(plain, position);
        }
        String text = literal.getValueAs(String.class);
        return new Statement.Age(
                text.matches("\\s*[0-9]{4}-.*")
                        ? plain.cast(Type.TIMESTAMP)
                        : new Syntax(Intervals.of(text, value.getParserPosition())),
                position);
    }

    /** How many snapshots to keep. */
    private static int count(NumberContext number) {
        return count(number, number.getText());
    }

    private static int count(ParserRuleContext place, String text) {
        if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) > 0) {
            return Integer.parseInt(text);
        }
        throw Places.syntaxError(
                Places.of(place),
                "%s is not a number of snapshots to keep".formatted(text),
                "at least the current one is kept: RETAIN LAST 1");
    }

    private Statement truncate(TruncateTableContext truncate) {
        if (truncate.partition() != null) {
            truncate.partition().partitionValue().stream()
                    .filter(value -> value.expression() == null)
                    .findFirst()
                    .ifPresent(
                            value -> {
                                throw Places.syntaxError(
                                        Places.of(value),
                                        "partition column '%s' has no value"
                                                .formatted(value.name().getText()),
                                        "write PARTITION (%s = …)"
                                                .formatted(value.name().getText()));
                            });
        }
        return new Statement.TruncateTable(
                Identifiers.name(truncate.qualifiedName()),
                truncate.partition() == null ? Map.of() : commands.partition(truncate.partition()));
    }

    private Statement alterView(AlterViewContext alter) {
        Name name = Identifiers.name(alter.qualifiedName(0));
        boolean ifExists = alter.ifExists() != null;
        return alter.query() == null
                ? new Statement.RenameView(name, ifExists, Identifiers.name(alter.qualifiedName(1)))
                : new Statement.AlterViewQuery(
                        name,
                        ifExists,
                        commands.syntax(alter.query()),
                        CommandTranslation.text(alter.query()));
    }

    /** Trino's spelling of EXPIRE SNAPSHOTS and the like. */
    private Statement execute(Name table, ExecuteContext execute) {
        String procedure = Identifiers.text(execute.name()).toLowerCase(java.util.Locale.ROOT);
        Statement.Age age = null;
        int retained = 1;
        TableVersion version = null;
        for (ExecuteArgumentContext argument : execute.executeArgument()) {
            String name = Identifiers.text(argument.name()).toLowerCase(java.util.Locale.ROOT);
            Syntax value = new Syntax(expressions.expression(argument.expression()));
            switch (name) {
                case "retention_threshold", "older_than" ->
                        age = age(value.node(), Places.position(argument.expression()));
                case "retain_last" ->
                        retained = count(argument.expression(), argument.expression().getText());
                case "snapshot_id" ->
                        version =
                                new TableVersion(
                                        TableVersion.By.VERSION,
                                        value,
                                        Places.position(argument.expression()));
                default ->
                        throw Places.syntaxError(
                                Places.of(argument.name()),
                                "no argument '%s' of %s".formatted(name, procedure),
                                "arguments are retention_threshold, retain_last and snapshot_id");
            }
        }
        return switch (procedure) {
            case "expire_snapshots" -> new Statement.ExpireSnapshots(table, age, retained);
            case "remove_orphan_files" -> new Statement.RemoveOrphans(table, age);
            case "rollback_to_snapshot" -> {
                if (version == null) {
                    throw Places.syntaxError(
                            Places.of(execute), "no snapshot_id to go back to", null);
                }
                yield new Statement.RollbackTable(table, version);
            }
            default -> throw unknown(procedure, execute);
        };
    }

    private static QueryException unknown(String procedure, ExecuteContext execute) {
        String near = Suggestion.hint(procedure, PROCEDURES);
        return Places.syntaxError(
                Places.of(execute.name()),
                "no procedure '%s'".formatted(procedure),
                near != null ? near : "there are " + String.join(", ", PROCEDURES));
    }
}
