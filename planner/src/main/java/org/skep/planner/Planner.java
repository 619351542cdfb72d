package org.skep.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.Position;
import org.skep.model.error.QueryException;
import org.skep.model.file.WriteTarget;
import org.skep.model.plan.Expr;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.StageGraph;
import org.skep.model.settings.Settings;
import org.skep.model.spi.FileInspector;
import org.skep.model.spi.FunctionRegistry;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;
import org.skep.parser.CalciteTypes;
import org.skep.parser.Statement;
import org.skep.parser.Syntax;
import org.skep.planner.change.ChangeQueries;
import org.skep.planner.change.ColumnDefaults;
import org.skep.planner.change.RowConditions;
import org.skep.planner.check.FunctionTable;
import org.skep.planner.check.JoinHints;
import org.skep.planner.check.Lints;
import org.skep.planner.check.Names;
import org.skep.planner.check.QueryCheck;
import org.skep.planner.check.QueryCheck.Checked;
import org.skep.planner.explain.PlanText;
import org.skep.planner.expr.ConstantFolder;
import org.skep.planner.expr.Constants;
import org.skep.planner.logical.Phases;
import org.skep.planner.logical.ToLogical;
import org.skep.planner.physical.AcceptedRows;
import org.skep.planner.physical.PartitionedRows;
import org.skep.planner.physical.TableRows;
import org.skep.planner.stage.StageCutter;
import org.skep.planner.why.Choice;
import org.skep.planner.why.Choices;

/** From checked names and types to stages. */
public final class Planner {
    private final FunctionRegistry functions;
    private final FileInspector files;
    private final QueryCheck check;

    public Planner(FunctionRegistry functions, FileInspector files) {
        this.functions = functions;
        this.files = files;
        this.check = new QueryCheck(new FunctionTable(functions));
    }

    /**
     * A session as the planner sees it.
     *
     * @param schema in which names of one part are looked up
     */
    public record Context(Names names, String schema, Settings settings) {}

    /**
     * A query ready to run.
     *
     * @param schema of the rows that running it gives
     * @param warnings what in its text is probably not meant so
     * @param choices what was decided between, for EXPLAIN WHY
     */
    public record Plan(
            StageGraph stages, Schema schema, List<String> warnings, List<Choice> choices) {
        /** What EXPLAIN prints. */
        public String text() {
            return Planner.text(stages);
        }
    }

    /** Stages as EXPLAIN prints them. */
    public static String text(StageGraph stages) {
        return PlanText.of(stages);
    }

    /** The columns of a query, after checking it. */
    public Schema check(Syntax query, Context context) {
        return DeepStack.call(() -> schema(checked(query, context)));
    }

    /** Plans a query and tells of the choices that there were. */
    public Plan plan(Syntax query, Context context) {
        return plan(query, context, (phase, tree) -> {});
    }

    /** Plans a query that nobody asks about; the plan is the same, without its choices. */
    public Plan planToRun(Syntax query, Context context) {
        return DeepStack.call(
                () -> planHere(query, context, (phase, tree) -> {}, Choices.unheard()));
    }

    /**
     * A query whose rows are written to files.
     *
     * @param place for errors of planning that have no place of their own
     * @param destination says where the rows go, by the columns of the query; called once
     */
    public record Write(Syntax query, Position place, Function<Schema, Destination> destination) {}

    /**
     * Several writes as one program. What all their queries are built on is computed once, only the
     * rows and columns that some of them wants.
     *
     * @return a plan whose rows are those of {@link WriteTarget#REPORT}, the number of the write
     *     before them
     */
    public Plan planWrites(List<Write> writes, Context context) {
        return DeepStack.call(() -> writesHere(writes, context));
    }

    private Plan writesHere(List<Write> writes, Context context) {
        ConstantFolder folder = new ConstantFolder(functions);
        List<String> lints = new ArrayList<>();
        List<JoinHints> hints = new ArrayList<>();
        List<Schema> schemas = new ArrayList<>();
        List<RelNode> written = new ArrayList<>();
        for (Write write : writes) {
            placed(
                    write,
                    () -> {
                        lints.addAll(Lints.of(write.query));
                        Checked checked = checked(write.query, context);
                        schemas.add(schema(checked));
                        hints.add(checked.hints());
                        return written.add(ToLogical.convert(checked, folder));
                    });
        }
        Choices choices = new Choices();
        List<PlanNode> programs =
                planned(
                        () ->
                                programs(
                                        written,
                                        folder,
                                        context.settings,
                                        choices,
                                        hints,
                                        (phase, tree) -> {}));
        hints.forEach(each -> lints.addAll(each.warnings()));
        List<PlanNode> parts = new ArrayList<>();
        for (int i = 0; i < writes.size(); i++) {
            Write write = writes.get(i);
            PlanNode program = programs.get(i);
            Schema query = schemas.get(i);
            parts.add(
                    numbered(
                            i,
                            placed(
                                    write,
                                    () ->
                                            write(
                                                    program,
                                                    write.destination.apply(query),
                                                    context.settings))));
        }
        PlanNode root =
                parts.size() == 1 ? parts.get(0) : new PlanNode.Union(parts, parts.get(0).schema());
        return new Plan(StageCutter.cut(root), root.schema(), lints, choices.all());
    }

    private List<PlanNode> programs(
            List<RelNode> written,
            ConstantFolder folder,
            Settings settings,
            Choices choices,
            List<JoinHints> hints,
            BiConsumer<String, RelNode> seen) {
        Phases phases = new Phases(folder, choices);
        return new Programs(
                        phases,
                        functions,
                        files,
                        settings,
                        choices,
                        key -> hints.forEach(each -> each.refuseCheckpoint(key)))
                .of(written, seen);
    }

    private static PlanNode numbered(int number, PlanNode write) {
        Schema report = write.schema();
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("write", Type.INTEGER, false));
        fields.addAll(report.fields());
        List<Expr> row = new ArrayList<>();
        row.add(new Expr.Literal(number, Type.INTEGER));
        for (int i = 0; i < report.size(); i++) {
            row.add(new Expr.Input(i, report.type(i)));
        }
        return new PlanNode.Project(write, row, new Schema(fields));
    }

    private static <T> T placed(Write write, Supplier<T> work) {
        try {
            return planned(work);
        } catch (QueryException e) {
            throw e.at(write.place);
        }
    }

    private PlanNode write(PlanNode root, Destination to, Settings settings) {
        List<Integer> places = new ArrayList<>();
        List<Expr.Literal> otherwise = new ArrayList<>();
        for (Destination.Source source : to.sources()) {
            places.add(source.place());
            otherwise.add(source.otherwise());
        }
        PlanNode given = TableRows.of(root, to.columns(), places, otherwise);
        PlanNode rows = AcceptedRows.of(given, to.columns(), to.checks(), functions);
        boolean gathered = to.files() == Destination.Files.ONE && to.partitioning().isEmpty();
        PlanNode shared =
                gathered
                        ? new PlanNode.Exchange(rows, new Partitioning.Single())
                        : PartitionedRows.of(rows, to.partitioning(), functions, settings);
        return new PlanNode.Write(
                PartitionedRows.sorted(shared, to.columns().size(), to.sorting()), to.target());
    }

    /**
     * What an expression without columns comes to.
     *
     * @throws QueryException with the place of what is wrong with it
     */
    public Expr.Literal constant(Syntax expression, Context context) {
        return DeepStack.call(
                () -> {
                    Checked checked = checked(Constants.select(expression), context);
                    RelNode row = ToLogical.convert(checked, new ConstantFolder(functions));
                    return Constants.value(row, functions);
                });
    }

    /**
     * DELETE, UPDATE and MERGE as queries.
     *
     * @param table the columns of the table that is changed
     * @param defaults of these columns
     * @param parameters values of the question marks
     */
    public ChangeQueries change(
            Statement.Change change,
            Schema table,
            ColumnDefaults defaults,
            List<Object> parameters) {
        return new ChangeQueries(change, table, defaults, parameters, functions);
    }

    /**
     * Conditions on the columns of a table.
     *
     * @param table its columns
     * @throws QueryException when one is no condition on them
     */
    public List<Expr> conditions(List<Syntax> conditions, Schema table) {
        return DeepStack.call(
                () -> {
                    Context rowsOnly = new Context(RowConditions.names(table), "default", null);
                    Checked checked = checked(RowConditions.select(conditions), rowsOnly);
                    RelNode rows = ToLogical.convert(checked, new ConstantFolder(functions));
                    return RowConditions.of(rows, conditions, functions);
                });
    }

    private Checked checked(Syntax query, Context context) {
        return check.check(query, context.names, context.schema, value -> constant(value, context));
    }

    /**
     * A query with how it was planned.
     *
     * @param text the algebra after each phase, for EXPLAIN VERBOSE
     */
    public record Steps(String text, Plan plan) {}

    /** Plans a query and writes down what it is after each phase. */
    public Steps steps(Syntax query, Context context) {
        StringBuilder out = new StringBuilder();
        String[] last = {""};
        Plan plan =
                plan(
                        query,
                        context,
                        (phase, tree) -> {
                            String text = RelOptUtil.toString(tree);
                            out.append("-- ").append(phase).append('\n');
                            out.append(text.equals(last[0]) ? "unchanged\n" : text);
                            last[0] = text;
                        });
        return new Steps(out.toString(), plan);
    }

    private Plan plan(Syntax query, Context context, BiConsumer<String, RelNode> seen) {
        return DeepStack.call(() -> planHere(query, context, seen, new Choices()));
    }

    private Plan planHere(
            Syntax query, Context context, BiConsumer<String, RelNode> seen, Choices choices) {
        List<String> lints = new ArrayList<>(Lints.of(query));
        Checked checked = checked(query, context);
        Schema schema = schema(checked);
        return planned(
                () -> {
                    ConstantFolder folder = new ConstantFolder(functions);
                    RelNode written = ToLogical.convert(checked, folder);
                    seen.accept("as written", written);
                    PlanNode root =
                            programs(
                                            List.of(written),
                                            folder,
                                            context.settings,
                                            choices,
                                            List.of(checked.hints()),
                                            seen)
                                    .get(0);
                    lints.addAll(checked.hints().warnings());
                    return new Plan(StageCutter.cut(root), schema, lints, choices.all());
                });
    }

    private static <T> T planned(Supplier<T> work) {
        try {
            return work.get();
        } catch (QueryException e) {
            throw e;
        } catch (RuntimeException | AssertionError e) { // Calcite asserts what a rule broke
            throw unexpected(e);
        }
    }

    private static QueryException unexpected(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof QueryException known) {
                return known;
            }
        }
        return new QueryException(ErrorCode.BUG, "planning failed: " + e, e);
    }

    private static Schema schema(Checked checked) {
        List<Field> fields = new ArrayList<>();
        for (RelDataTypeField field : checked.rowType().getFieldList()) {
            fields.add(
                    new Field(
                            field.getName(),
                            CalciteTypes.fromCalcite(field.getType()),
                            field.getType().isNullable()));
        }
        return new Schema(fields);
    }
}
