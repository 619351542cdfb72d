package org.skep.planner.physical;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rex.RexLiteral;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.plan.ExpectedRows;
import org.skep.model.plan.Expr;
import org.skep.model.plan.PlanNode;
import org.skep.model.settings.Settings;
import org.skep.model.spi.FileInspector;
import org.skep.model.spi.FunctionRegistry;
import org.skep.model.type.Schema;
import org.skep.planner.check.SharedRows;
import org.skep.planner.estimate.Estimator;
import org.skep.planner.expr.Casts;
import org.skep.planner.expr.ToExpr;
import org.skep.planner.logical.UnnestRel;
import org.skep.planner.why.Choices;

/** From the optimised algebra to a program: one place per kind of node. */
public final class ToPhysical {
    private final Planning planning;
    private final PlanScan scans;
    private final PlanJoin joins;
    private final PlanAggregate aggregates;
    private final PlanWindow windows;
    private final PlanSetOp setOps;

    private ToPhysical(
            RelNode root,
            FunctionRegistry functions,
            FileInspector files,
            Settings settings,
            Choices choices,
            Map<SharedRows, SharedInput.Source> shared) {
        ToExpr toExpr = new ToExpr(root.getCluster().getRexBuilder(), functions);
        this.planning = new Planning(toExpr, functions, files, settings, new Estimator(), choices);
        this.scans = new PlanScan(planning, shared);
        this.joins = new PlanJoin(planning);
        this.aggregates = new PlanAggregate(planning);
        this.windows = new PlanWindow(planning);
        this.setOps = new PlanSetOp(planning);
    }

    /**
     * The programs of queries, exchanges still in them. What several places read of an input is one
     * exchange that they have in common.
     *
     * @param inputs each behind those that it is made of
     */
    public static List<PlanNode> convert(
            List<RelNode> queries,
            List<SharedInput.Wanted> inputs,
            FunctionRegistry functions,
            FileInspector files,
            Settings settings,
            Choices choices) {
        Map<SharedRows, SharedInput.Source> shared = new HashMap<>();
        for (SharedInput.Wanted input : inputs) {
            RelNode wanted = input.rows();
            PlanNode rows =
                    new ToPhysical(wanted, functions, files, settings, choices, shared)
                            .convert(wanted);
            int number = shared.size() + 1;
            shared.put(input.input().rows(), input.input().source(rows, number, settings));
        }
        List<PlanNode> programs = new ArrayList<>();
        for (RelNode query : queries) {
            programs.add(
                    new ToPhysical(query, functions, files, settings, choices, shared)
                            .convert(query));
        }
        return programs;
    }

    private PlanNode convert(RelNode root) {
        return part(root).node();
    }

    private Part part(RelNode node) {
        return expected(planned(node));
    }

    /** The part whose program says how many rows are expected. */
    private static Part expected(Part part) {
        ExpectedRows rows = ExpectedRows.of(part.estimate().rows());
        return part.with(part.node().expecting(rows));
    }

    private Part planned(RelNode node) {
        Part scan = scans.plan(node);
        if (scan != null) {
            return scan;
        }
        if (node instanceof Filter filter) {
            Part input = part(filter.getInput());
            Expr condition = planning.toExpr().convert(filter.getCondition());
            return new Part(
                    WindowTopN.below(new PlanNode.Filter(input.node(), condition)),
                    input.distribution(),
                    planning.estimate(filter));
        }
        if (node instanceof Project project) {
            Part input = part(project.getInput());
            List<Expr> expressions = planning.toExpr().convert(project.getProjects());
            Part projected = Planning.project(input, expressions, Planning.schema(project));
            return new Part(projected.node(), projected.distribution(), planning.estimate(project));
        }
        if (node instanceof Join join) {
            return joins.plan(join, part(join.getLeft()), part(join.getRight()));
        }
        if (node instanceof Aggregate aggregate) {
            Part known = KnownTotals.of(aggregate, planning);
            if (known != null) {
                return known;
            }
            Part rows = countsRows(aggregate) ? scans.rowsOnly(aggregate.getInput()) : null;
            return aggregates.plan(
                    aggregate, rows != null ? expected(rows) : part(aggregate.getInput()));
        }
        if (node instanceof Sort sort) {
            return new PlanSort(planning).plan(sort, part(sort.getInput()));
        }
        if (node instanceof Window window) {
            return windows.plan(window, part(window.getInput()));
        }
        if (node instanceof UnnestRel unnest) {
            return unnest(unnest, part(unnest.getInput()));
        }
        if (node instanceof Values values) {
            return values(values);
        }
        if (node instanceof SetOp setOp) {
            List<Part> inputs = new ArrayList<>();
            setOp.getInputs().forEach(input -> inputs.add(part(input)));
            if (setOp instanceof Union union) {
                return setOps.union(union, inputs);
            }
            if (setOp instanceof Intersect || setOp instanceof Minus) {
                return setOps.compare(setOp, inputs);
            }
        }
        if (node instanceof RepeatUnion) {
            throw new QueryException(
                    ErrorCode.NOT_SUPPORTED,
                    "a WITH query that refers to itself is not supported",
                    "use generate_series() for numbers, or one INSERT for each step");
        }
        throw new QueryException(
                ErrorCode.BUG, "no physical form of " + node.getRelTypeName(), (String) null);
    }

    /** Whether an aggregate looks at no column of its input. */
    private static boolean countsRows(Aggregate aggregate) {
        return aggregate.getGroupSet().isEmpty()
                && aggregate.getAggCallList().stream()
                        .allMatch(call -> call.getArgList().isEmpty() && call.filterArg < 0);
    }

    private Part unnest(UnnestRel unnest, Part input) {
        List<Expr> collections = planning.toExpr().convert(unnest.collections());
        PlanNode node =
                new PlanNode.Unnest(
                        input.node(),
                        collections,
                        unnest.outer(),
                        unnest.ordinality(),
                        Planning.schema(unnest));
        return new Part(node, input.distribution(), planning.estimate(unnest));
    }

    private Part values(Values values) {
        Schema schema = Planning.schema(values);
        List<List<Object>> rows = new ArrayList<>();
        for (List<RexLiteral> tuple : values.getTuples()) {
            List<Object> row = new ArrayList<>();
            for (int i = 0; i < tuple.size(); i++) {
                Expr value = Casts.to(planning.toExpr().convert(tuple.get(i)), schema.type(i));
                row.add(
                        value instanceof Expr.Literal literal
                                ? literal.value()
                                : planning.functions().evaluate(value));
            }
            rows.add(row);
        }
        return new Part(
                new PlanNode.Values(schema, rows), Distribution.SINGLE, planning.estimate(values));
    }
}
