package org.skep.planner.logical;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.planner.logical.Independent.Key;

/**
 * Computes a tree that refers to an outer row for all outer rows at once, after Neumann and Kemper,
 * "Unnesting Arbitrary Queries" (2015). Rows get the values of the outer row that they depend on as
 * further columns, the keys; every operation keeps rows of different keys apart. Where an equality
 * says which column of the tree is a key, that column takes its place; elsewhere the distinct
 * values of the outer rows are joined ({@link Domain}).
 *
 * <pre>
 * Filter(c.k = $0.k, c)                → c, key c.k
 * Filter(c.k > $0.k, c)                → Join(c, Distinct(outer.k)) on c.k > outer.k, key outer.k
 * Aggregate(by g, x)                   → Aggregate(by g and the keys, x)
 * Sort(by n, limit 3, x)               → Filter(row_number() OVER (PARTITION BY keys ORDER BY n) <= 3, x)
 * Project(sum(n) OVER (ORDER BY m), x) → Project(sum(n) OVER (PARTITION BY keys ORDER BY m), keys, x)
 * </pre>
 */
final class Decorrelation {
    private final Domain domain;
    private final RexBuilder rex;

    Decorrelation(Domain domain, RexBuilder rex) {
        this.domain = domain;
        this.rex = rex;
    }

    Independent of(RelNode node) {
        if (!domain.isAskedBy(node)) {
            return Independent.asIs(node);
        }
        if (node instanceof Filter filter) {
            return filter(of(filter.getInput()), RelOptUtil.conjunctions(filter.getCondition()));
        }
        if (node instanceof Project project) {
            return project(project);
        }
        if (node instanceof Join join) {
            return new DecorrelatedJoin(domain, this, rex).of(join);
        }
        if (node instanceof Aggregate aggregate) {
            return new DecorrelatedAggregate(domain, aggregate, of(aggregate.getInput())).whole();
        }
        if (node instanceof Sort sort) {
            return sort(sort);
        }
        if (node instanceof SetOp setOp) {
            return setOp(setOp);
        }
        if (node instanceof UnnestRel unnest) {
            return unnest(unnest);
        }
        throw new QueryException(
                ErrorCode.NOT_SUPPORTED,
                "a subquery refers to the outer query in a way that cannot be turned into a join",
                "write the subquery as a join");
    }

    /** {@code in} where conditions over the dependent tree's columns hold. */
    Independent filter(Independent in, List<RexNode> conditions) {
        Binding binding = new Binding(domain, this, in, rex);
        List<RexNode> rest = new ArrayList<>();
        for (RexNode condition : conditions) {
            if (!binding.binds(condition)) {
                rest.add(condition);
            }
        }
        Independent all = domain.extended(binding.bound(), domain.keysIn(rest));
        RexNode condition = RexUtil.composeConjunction(rex, rewritten(rest, all));
        return condition.isAlwaysTrue()
                ? all
                : all.with(LogicalFilter.create(all.node(), condition));
    }

    private Independent project(Project project) {
        Independent in =
                domain.extended(of(project.getInput()), domain.keysIn(project.getProjects()));
        List<RexNode> columns = rewritten(project.getProjects(), in);
        if (columns.stream().allMatch(RexInputRef.class::isInstance)
                && Set.copyOf(columns).size() == columns.size()) {
            int[] places =
                    columns.stream()
                            .mapToInt(column -> ((RexInputRef) column).getIndex())
                            .toArray();
            return new Independent(in.node(), places, in.keys());
        }
        List<String> names = new ArrayList<>(project.getRowType().getFieldNames());
        TreeMap<Integer, Key> keys = new TreeMap<>();
        in.keys()
                .forEach(
                        (number, key) -> {
                            RexNode column = in.key(number);
                            if (!columns.contains(column)) {
                                columns.add(column);
                                names.add(in.name(number));
                            }
                            keys.put(number, key.at(columns.indexOf(column)));
                        });
        return new Independent(
                project(in.node(), columns, names), Independent.asIs(project).columns(), keys);
    }

    /** Not by a builder, which would merge projections that have windows. */
    static RelNode project(RelNode node, List<RexNode> columns) {
        List<String> names = new ArrayList<>();
        for (RexNode column : columns) {
            names.add(
                    column instanceof RexInputRef ref
                            ? node.getRowType().getFieldNames().get(ref.getIndex())
                            : null);
        }
        return project(node, columns, names);
    }

    static RelNode project(RelNode node, List<RexNode> columns, List<String> names) {
        return LogicalProject.create(node, List.of(), columns, names, Set.of());
    }

    private Independent unnest(UnnestRel unnest) {
        Independent in =
                domain.extended(of(unnest.getInput()), domain.keysIn(unnest.collections()));
        RelNode node =
                UnnestRel.create(
                        in.node(),
                        rewritten(unnest.collections(), in),
                        unnest.outer(),
                        unnest.ordinality());
        int[] columns = new int[unnest.getRowType().getFieldCount()];
        for (int i = 0; i < columns.length; i++) {
            int own = in.columns().length;
            columns[i] = i < own ? in.columns()[i] : in.width() + i - own;
        }
        return new Independent(node, columns, in.keys());
    }

    private Independent sort(Sort sort) {
        Independent in = of(sort.getInput());
        if (SingleRows.isOrderOnly(sort)) {
            return in;
        }
        return in.keys().isEmpty() ? Independent.asIs(sort) : RowNumbers.limited(in, sort);
    }

    private Independent setOp(SetOp setOp) {
        List<Independent> branches = new ArrayList<>();
        SortedSet<Integer> all = new TreeSet<>();
        for (RelNode input : setOp.getInputs()) {
            Independent branch = of(input);
            branches.add(branch);
            all.addAll(branch.keys().keySet());
        }
        branches.replaceAll(branch -> domain.extended(branch, all));
        int width = setOp.getRowType().getFieldCount();
        TreeMap<Integer, Key> keys = new TreeMap<>();
        for (int key : all) {
            boolean strict = branches.stream().allMatch(b -> b.keys().get(key).strict());
            keys.put(key, new Key(width + keys.size(), strict));
        }
        List<RelNode> inputs = new ArrayList<>();
        for (Independent branch : branches) {
            Independent exact = exact(branch, keys);
            List<RexNode> columns = new ArrayList<>();
            for (int column : exact.columns()) {
                columns.add(rex.makeInputRef(exact.node(), column));
            }
            columns.addAll(exact.keyColumns());
            inputs.add(project(exact.node(), columns));
        }
        RelNode node = setOp.copy(setOp.getTraitSet(), inputs);
        return new Independent(node, Independent.asIs(setOp).columns(), keys);
    }

    /** Without the rows that mean nothing, for keys whose nulls others take for values. */
    Independent exact(Independent in, TreeMap<Integer, Key> wanted) {
        List<RexNode> known = new ArrayList<>();
        in.keys()
                .forEach(
                        (number, key) -> {
                            RexNode column = in.key(number);
                            if (key.strict()
                                    && !wanted.get(number).strict()
                                    && column.getType().isNullable()) {
                                known.add(rex.makeCall(SqlStdOperatorTable.IS_NOT_NULL, column));
                            }
                        });
        return known.isEmpty()
                ? in
                : in.with(LogicalFilter.create(in.node(), RexUtil.composeConjunction(rex, known)));
    }

    /** Expressions over the dependent tree's columns as expressions over {@code in}. */
    List<RexNode> rewritten(List<RexNode> expressions, Independent in) {
        RexShuttle rewriting =
                new Domain.Keys(domain) {
                    @Override
                    RexNode key(int key, RexNode here) {
                        return in.key(key);
                    }

                    @Override
                    public RexNode visitInputRef(RexInputRef ref) {
                        return rex.makeInputRef(in.node(), in.columns()[ref.getIndex()]);
                    }

                    @Override
                    public RexNode visitOver(RexOver over) {
                        RexOver seen = (RexOver) super.visitOver(over);
                        return in.keys().isEmpty() ? seen : partitioned(seen, in.keyColumns());
                    }
                };
        List<RexNode> all = new ArrayList<>();
        expressions.forEach(expression -> all.add(expression.accept(rewriting)));
        return all;
    }

    private RexNode partitioned(RexOver over, List<RexNode> by) {
        RexWindow window = over.getWindow();
        List<RexNode> keys = new ArrayList<>(window.partitionKeys);
        keys.addAll(by);
        return rex.makeOver(
                over.getType(),
                over.getAggOperator(),
                over.getOperands(),
                keys,
                window.orderKeys,
                window.getLowerBound(),
                window.getUpperBound(),
                window.getExclude(),
                window.isRows(),
                true,
                false,
                over.isDistinct(),
                over.ignoreNulls());
    }
}
