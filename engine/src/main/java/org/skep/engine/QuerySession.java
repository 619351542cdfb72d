package org.skep.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skep.catalog.ManagedDefinition;
import org.skep.catalog.NamePattern;
import org.skep.catalog.TableEntry;
import org.skep.catalog.ViewDefinition;
import org.skep.catalog.iceberg.ManagedTable;
import org.skep.model.error.QueryException;
import org.skep.model.settings.SettingNames;
import org.skep.model.settings.Settings;
import org.skep.model.spi.Backend;
import org.skep.model.type.Schema;
import org.skep.parser.Name;
import org.skep.parser.ParsedStatement;
import org.skep.parser.SqlParser;
import org.skep.parser.Statement;
import org.skep.parser.Syntax;
import org.skep.planner.Planner;
import org.skep.planner.check.Parameters;
import org.skep.planner.check.Relation;

/** Runs statements: one line per kind of statement. */
final class QuerySession implements Session {
    private final SessionState state;
    private final ShowCommands show;
    private final DescribeCommand describe;
    private final DefinitionCommands definitions;
    private final WriteCommands writes;
    private final TableCommands tables;
    private final SnapshotCommands snapshots;
    private final AnalyzeCommand analyze;
    private final StatisticsCommand statistics;
    private final AlterCommands alter;
    private final ChangeCommands changes;
    private final TransactionCommands transactions;
    private final ExplainCommand explain;

    QuerySession(Engine engine, Settings settings) {
        this.state = new SessionState(engine, settings);
        this.show = new ShowCommands(state);
        this.describe = new DescribeCommand(state);
        this.definitions = new DefinitionCommands(state);
        this.writes = new WriteCommands(state);
        this.tables = new TableCommands(state);
        this.snapshots = new SnapshotCommands(state);
        this.analyze = new AnalyzeCommand(state);
        this.statistics = new StatisticsCommand(state);
        this.alter = new AlterCommands(state);
        this.changes = new ChangeCommands(state);
        this.transactions = new TransactionCommands(state);
        this.explain = new ExplainCommand(state);
    }

    @Override
    public Result execute(String sql, List<Object> parameters) {
        PlanCache.Key key = state.key(sql, parameters);
        PlanCache.Known known = state.engine().plans().find(key);
        Statement statement = known == null ? SqlParser.parse(sql) : known.statement();
        state.newStatement();
        transactions.prepare(statement);
        if (known != null && known.holds(state.context().names())) {
            return started(known.plan());
        }
        Statement fresh = known == null ? statement : SqlParser.parse(sql);
        return fresh instanceof Statement.Query query
                ? started(state.planned(query, key))
                : run(fresh, parameters);
    }

    private Result run(Statement statement, List<Object> parameters) {
        return switch (statement.kind()) {
            case QUERY -> throw new IllegalArgumentException("a query is not run by its kind");
            case EXPLAIN -> explain.run((Statement.Explain) statement, parameters);
            case SET_SETTING -> set((Statement.SetSetting) statement);
            case RESET_SETTING -> reset((Statement.ResetSetting) statement);
            case USE -> use(((Statement.Use) statement).schema());
            case SHOW_SETTINGS -> show.settings((Statement.ShowSettings) statement);
            case SHOW_TABLES -> show.tables((Statement.ShowTables) statement);
            case SHOW_SCHEMAS -> show.schemas((Statement.ShowSchemas) statement);
            case SHOW_FUNCTIONS -> show.functions((Statement.ShowFunctions) statement);
            case SHOW_COLUMNS -> show.columns(schema(((Statement.ShowColumns) statement).name()));
            case SHOW_CREATE_TABLE ->
                    show.createTable(
                            state.definition(((Statement.ShowCreateTable) statement).name()));
            case SHOW_PARTITIONS ->
                    new PartitionsCommand(state).run(((Statement.ShowPartitions) statement).name());
            case SHOW_SKEW -> new SkewCommand(state).run();
            case SHOW_TABLE_EXTENDED -> describe.tables((Statement.ShowTableExtended) statement);
            case DESCRIBE -> describe((Statement.Describe) statement);
            case DESCRIBE_QUERY -> describe((Statement.DescribeQuery) statement, parameters);
            case CREATE_VIEW -> definitions.createView((Statement.CreateView) statement);
            case DROP_VIEW -> definitions.dropView((Statement.DropView) statement);
            case CREATE_SCHEMA -> definitions.createSchema((Statement.CreateSchema) statement);
            case DROP_SCHEMA -> definitions.dropSchema((Statement.DropSchema) statement);
            case CREATE_TABLE -> {
                Statement.CreateTable create = (Statement.CreateTable) statement;
                yield DefinitionCommands.location(create) == null
                        ? tables.create(create)
                        : definitions.createExternalTable(create);
            }
            case DROP_TABLE -> definitions.dropTable((Statement.DropTable) statement);
            case CREATE_TABLE_AS -> {
                Statement.CreateTableAs create = (Statement.CreateTableAs) statement;
                yield create.location() == null
                        ? tables.createAs(create, parameters)
                        : writes.createExternalAs(create, parameters);
            }
            case INSERT -> tables.insert((Statement.Insert) statement, parameters);
            case INSERT_MANY -> tables.insertMany((Statement.InsertMany) statement, parameters);
            case INSERT_DIRECTORY ->
                    writes.insertDirectory((Statement.InsertDirectory) statement, parameters);
            case SHOW_SNAPSHOTS -> snapshots.show((Statement.ShowSnapshots) statement);
            case ROLLBACK_TABLE ->
                    snapshots.rollback((Statement.RollbackTable) statement, parameters);
            case ALTER_TABLE -> alter.run((Statement.AlterTable) statement);
            case RENAME_VIEW -> alter.renameView((Statement.RenameView) statement);
            case ALTER_VIEW_QUERY ->
                    alter.redefined((Statement.AlterViewQuery) statement)
                            .map(definitions::createView)
                            .orElseGet(Results::nothing);
            case TRUNCATE_TABLE ->
                    new TruncateCommand(state).run((Statement.TruncateTable) statement, parameters);
            case CREATE_TABLE_LIKE ->
                    new LikeCommand(state, tables, this::schema)
                            .run((Statement.CreateTableLike) statement);
            case EXPIRE_SNAPSHOTS ->
                    snapshots.expire((Statement.ExpireSnapshots) statement, parameters);
            case OPTIMIZE_TABLE ->
                    new OptimizeCommand(state).run((Statement.OptimizeTable) statement);
            case ANALYZE_TABLE -> analyze.run((Statement.AnalyzeTable) statement);
            case SHOW_STATISTICS -> statistics.show(((Statement.ShowStatistics) statement).name());
            case REMOVE_ORPHANS ->
                    snapshots.removeOrphans((Statement.RemoveOrphans) statement, parameters);
            case CHANGE -> changes.run((Statement.Change) statement, parameters);
            case TRANSACTION -> transactions.run((Statement.Transaction) statement);
        };
    }

    private Result started(Planner.Plan plan) {
        QueryRun run = state.run(plan);
        run.start();
        return Results.of(plan.schema(), run);
    }

    private Result describe(Statement.DescribeQuery describe, List<Object> parameters) {
        return DescribeCommand.describe(check(describe.query(), parameters), Map.of());
    }

    private Schema check(Syntax query, List<Object> parameters) {
        return state.planner().check(Parameters.bind(query, parameters), state.context());
    }

    private Result set(Statement.SetSetting set) {
        try {
            set(set.key(), set.value());
            return Results.nothing();
        } catch (QueryException e) {
            throw e.at(set.position());
        }
    }

    private Result reset(Statement.ResetSetting reset) {
        if (reset.key() == null) {
            state.settings(state.initialSettings());
            return Results.nothing();
        }
        try {
            String initial = SettingNames.value(state.initialSettings(), reset.key());
            state.settings(state.settings().with(reset.key(), initial));
            return Results.nothing();
        } catch (QueryException e) {
            throw e.at(reset.position());
        }
    }

    private Result use(Name schema) {
        try {
            state.schema(schema.toString());
            return Results.nothing();
        } catch (QueryException e) {
            throw e.at(schema.position());
        }
    }

    private Result describe(Statement.Describe statement) {
        Name name = statement.name();
        Schema schema = schema(name);
        if (statement.column() != null) {
            return statistics.describe(schema, managed(name), name, statement.column());
        }
        return statement.extended()
                ? describe.extended(schema, state.definition(name))
                : DescribeCommand.describe(
                        schema,
                        name.parts().size() > 2
                                ? Map.of()
                                : describe.comments(
                                        state.catalog().find(state.schemaOf(name), name.last())));
    }

    /** The columns of whatever a name stands for in FROM. */
    private Schema schema(Name name) {
        return managed(name).map(ManagedTable::schema).orElseGet(() -> checkedSchema(name));
    }

    /** A table of the warehouse: its files are not looked at. */
    private Optional<ManagedTable> managed(Name name) {
        List<String> parts = name.parts();
        boolean temporary = parts.size() == 1 && state.views().find(name.last()).isPresent();
        if (temporary || parts.size() > 2) {
            return Optional.empty();
        }
        return state.catalog()
                .find(state.schemaOf(name), name.last())
                .filter(ManagedDefinition.class::isInstance)
                .map(table -> state.tables().open((ManagedDefinition) table));
    }

    private Schema checkedSchema(Name name) {
        Relation relation =
                state.context()
                        .names()
                        .find(name.parts(), state.schema())
                        .orElseThrow(() -> state.notFound(name));
        if (relation instanceof Relation.Files files) {
            return files.table().schema();
        }
        String quoted = "`" + String.join("`.`", name.parts()) + "`";
        Statement.Query all = (Statement.Query) SqlParser.parse("SELECT * FROM " + quoted);
        return check(all.query(), List.of());
    }

    @Override
    public void cancel() {
        state.cancel();
    }

    @Override
    public void listen(Backend.Progress progress) {
        state.progress(progress);
    }

    @Override
    public Prepared prepare(String sql) {
        Statement statement = SqlParser.parse(sql);
        state.newStatement();
        int parameters =
                StatementQueries.all(statement).stream()
                        .mapToInt(Parameters::count)
                        .max()
                        .orElse(0);
        if (statement instanceof Statement.Query query) {
            List<Object> nulls = new ArrayList<>();
            for (int i = 0; i < parameters; i++) {
                nulls.add(null);
            }
            return new Prepared(check(query.query(), nulls), parameters, true);
        }
        return new Prepared(
                StatementQueries.columns(statement),
                parameters,
                StatementQueries.hasRows(statement));
    }

    @Override
    public List<ScriptStatement> split(String script) {
        List<ScriptStatement> all = new ArrayList<>();
        for (ParsedStatement statement : SqlParser.script(script)) {
            all.add(
                    new ScriptStatement(
                            statement.sql(), statement.start(), statement.terminated()));
        }
        return all;
    }

    @Override
    public Settings settings() {
        return state.settings();
    }

    @Override
    public void set(String name, String value) {
        state.settings(state.settings().with(name, value));
    }

    @Override
    public void commit(Commit when) {
        transactions.commit(when);
    }

    @Override
    public boolean inTransaction() {
        return state.inTransaction();
    }

    @Override
    public String currentSchema() {
        return state.schema();
    }

    @Override
    public void use(String schema) {
        state.schema(schema);
    }

    @Override
    public List<String> schemas() {
        return state.catalog().schemas();
    }

    @Override
    public List<TableName> tables(String schema) {
        List<TableName> all = new ArrayList<>();
        for (ViewDefinition view : state.views().list()) {
            all.add(new TableName(schema, view.name(), TableName.Kind.TEMPORARY_VIEW));
        }
        for (TableEntry entry : state.catalog().list(schema, NamePattern.ANY)) {
            TableName.Kind kind =
                    switch (entry.kind()) {
                        case TABLE -> TableName.Kind.TABLE;
                        case EXTERNAL_TABLE -> TableName.Kind.EXTERNAL_TABLE;
                        case VIEW -> TableName.Kind.VIEW;
                    };
            all.add(new TableName(entry.schema(), entry.name(), kind));
        }
        return all;
    }

    @Override
    public Schema columns(TableName table) {
        state.newStatement();
        boolean temporary = table.kind() == TableName.Kind.TEMPORARY_VIEW;
        List<String> parts =
                temporary ? List.of(table.name()) : List.of(table.schema(), table.name());
        return schema(new Name(parts, null));
    }

    @Override
    public List<String> functions() {
        return List.copyOf(state.engine().functions().names());
    }

    @Override
    public List<String> keywords() {
        return SqlParser.keywords();
    }

    @Override
    public void close() {
        state.cancel();
        state.rollback();
    }
}
