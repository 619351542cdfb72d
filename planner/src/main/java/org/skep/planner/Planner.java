package org.skep.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Expr;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.StageGraph;
import org.skep.model.settings.Settings;
import org.skep.model.spi.FileInspector;
import org.skep.model.spi.FunctionRegistry;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.parser.CalciteTypes;
import org.skep.parser.Statement;
import org.skep.parser.Syntax;
import org.skep.planner.change.ChangeQueries;
import org.skep.planner.change.ColumnDefaults;
import org.skep.planner.change.RowConditions;
import org.skep.planner.check.FunctionTable;
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
import org.skep.planner.physical.ToPhysical;
import org.skep.planner.stage.StageCutter;

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
     * @param query the columns of the query; {@code schema} unless the rows are written
     * @param warnings what in its text is probably not meant so
     */
    public record Plan(StageGraph stages, Schema schema, Schema query, List<String> warnings) {
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

    public Plan plan(Syntax query, Context context) {
        return plan(query, context, (root, schema) -> root, (phase, tree) -> {});
    }

    /**
     * A query whose rows are written to files.
     *
     * @param destination says where they go, by the columns of the query; called once
     */
    public Plan planWrite(
            Syntax query, Context context, Function<Schema, Destination> destination) {
        return plan(
                query,
                context,
                (root, schema) -> write(root, destination.apply(schema), context.settings),
                (phase, tree) -> {});
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

    /** The algebra after each phase, for EXPLAIN VERBOSE. */
    public String phases(Syntax query, Context context) {
        StringBuilder out = new StringBuilder();
        String[] last = {""};
        Plan plan =
                plan(
                        query,
                        context,
                        (root, schema) -> root,
                        (phase, tree) -> {
                            String text = RelOptUtil.toString(tree);
                            out.append("-- ").append(phase).append('\n');
                            out.append(text.equals(last[0]) ? "unchanged\n" : text);
                            last[0] = text;
                        });
        return out.append("-- stages\n").append(plan.text()).toString();
    }

    private Plan plan(
            Syntax query,
            Context context,
            BiFunction<PlanNode, Schema, PlanNode> onto,
            BiConsumer<String, RelNode> seen) {
        return DeepStack.call(() -> planHere(query, context, onto, seen));
    }

    private Plan planHere(
            Syntax query,
            Context context,
            BiFunction<PlanNode, Schema, PlanNode> onto,
            BiConsumer<String, RelNode> seen) {
        List<String> lints = Lints.of(query);
        Checked checked = checked(query, context);
        Schema schema = schema(checked);
        try {
            ConstantFolder folder = new ConstantFolder(functions);
            RelNode written = ToLogical.convert(checked, folder);
            seen.accept("as written", written);
            RelNode optimised = new Phases(folder).run(written, seen);
            PlanNode root =
                    new ToPhysical(optimised, functions, files, context.settings)
                            .convert(optimised);
            PlanNode whole = onto.apply(root, schema);
            Schema result = whole == root ? schema : whole.schema();
            return new Plan(StageCutter.cut(whole), result, schema, lints);
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
