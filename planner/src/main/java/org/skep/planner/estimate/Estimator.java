package org.skep.planner.estimate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.skep.model.file.FileTable;
import org.skep.model.file.TableStatistics;
import org.skep.model.type.Type;
import org.skep.parser.CalciteTypes;
import org.skep.planner.check.FilesTable;
import org.skep.planner.check.OnceMark;
import org.skep.planner.check.SharedRows;
import org.skep.planner.estimate.Estimate.ColumnEstimate;
import org.skep.planner.estimate.Estimate.Confidence;

/**
 * Estimates sizes from file statistics, under the usual assumptions: values spread evenly, columns
 * independent, keys of the smaller side contained in the larger one (Selinger et al., 1979).
 */
public final class Estimator {
    private static final double BYTES_PER_UNKNOWN_ROW = 100;
    private static final double UNNEST_FACTOR = 5;

    /** Bytes of a file for each byte of its rows when they are decoded: a third, more or less. */
    private static final double ENCODED = 0.3;

    /**
     * How many times more or less a count that is not exact may be than the size of the files makes
     * likely, before it is taken for wrong.
     */
    private static final double DOUBT = 4;

    private final Map<RelNode, Estimate> known = new IdentityHashMap<>();

    public Estimate of(RelNode node) {
        Estimate estimate = known.get(node);
        if (estimate == null) {
            estimate = estimate(node);
            known.put(node, estimate);
        }
        return estimate;
    }

    private Estimate estimate(RelNode node) {
        if (node instanceof TableScan scan) {
            FilesTable table = scan.getTable().unwrap(FilesTable.class);
            if (table != null) {
                return scan(table.files());
            }
            SharedRows shared = scan.getTable().unwrap(SharedRows.class);
            return unknown(node, shared == null ? 1000 : shared.rows());
        }
        if (node instanceof Filter filter && OnceMark.keyOf(filter.getCondition()) != null) {
            return of(filter.getInput());
        }
        if (node instanceof Filter filter) {
            return Selectivity.filtered(of(filter.getInput()), filter.getCondition());
        }
        if (node instanceof Project project) {
            return project(project);
        }
        if (node instanceof Join join) {
            return join(join);
        }
        if (node instanceof Aggregate aggregate) {
            return aggregate(aggregate);
        }
        if (node instanceof Values values) {
            return unknown(node, values.getTuples().size());
        }
        if (node instanceof Sort sort) {
            Estimate input = of(sort.getInput());
            return sort.fetch instanceof RexLiteral limit
                    ? limited(input, RexLiteral.intValue(limit))
                    : input;
        }
        if (node instanceof Union || node instanceof SetOp) {
            double rows = 0;
            double most = 0;
            for (RelNode input : node.getInputs()) {
                rows += of(input).rows();
                most += of(input).most();
            }
            return new Estimate(rows, most, unknown(node, rows).columns(), Confidence.DERIVED);
        }
        if (node.getInputs().size() == 1) {
            Estimate input = of(node.getInput(0));
            List<ColumnEstimate> columns = new ArrayList<>(input.columns());
            while (columns.size() < node.getRowType().getFieldCount()) {
                columns.add(ColumnEstimate.UNKNOWN);
            }
            boolean grows = node.getClass().getSimpleName().equals("UnnestRel");
            double factor = grows ? UNNEST_FACTOR : 1;
            return new Estimate(
                    input.rows() * factor,
                    input.most() * factor,
                    columns.subList(0, node.getRowType().getFieldCount()),
                    grows ? Confidence.GUESSED : input.confidence());
        }
        return unknown(node, 1000);
    }

    private static Estimate unknown(RelNode node, double rows) {
        List<ColumnEstimate> columns = new ArrayList<>();
        node.getRowType()
                .getFieldList()
                .forEach(
                        field ->
                                columns.add(
                                        new ColumnEstimate(
                                                -1,
                                                Double.NaN,
                                                Double.NaN,
                                                0,
                                                width(CalciteTypes.fromCalcite(field.getType())))));
        return new Estimate(rows, rows, columns, Confidence.GUESSED);
    }

    private static Estimate limited(Estimate input, double limit) {
        return limit >= input.rows()
                ? input
                : new Estimate(limit, limit, input.columns(), Confidence.DERIVED);
    }

    private static Estimate scan(FileTable table) {
        TableStatistics statistics = table.statistics();
        double likely = likelyRows(table);
        double rows = statistics.rows() < 0 ? likely : believed(statistics.rows(), likely);
        List<ColumnEstimate> columns = new ArrayList<>();
        for (int i = 0; i < table.scanSchema().size(); i++) {
            TableStatistics.ColumnStatistics column = statistics.column(i);
            Type type = table.scanSchema().type(i);
            double bytes = column.bytesPerRow() > 0 ? column.bytesPerRow() : width(type);
            columns.add(
                    new ColumnEstimate(
                            column.distinct(),
                            Numbers.of(column.min()),
                            Numbers.of(column.max()),
                            rows > 0 && column.nulls() > 0 ? column.nulls() / rows : 0,
                            bytes,
                            frequent(column.frequent()),
                            new Quantiles(column.quantiles())));
        }
        Confidence confidence =
                statistics.exact()
                        ? Confidence.EXACT
                        : isCounted(table)
                                ? Confidence.DERIVED
                                : statistics.rows() >= 0 ? Confidence.SAMPLED : Confidence.GUESSED;
        double atLeastOne = Math.max(rows, 1);
        return new Estimate(atLeastOne, Math.max(atLeastOne, likely), columns, confidence);
    }

    /**
     * Rows that the size of the files makes likely: it is always known, where a count that is not
     * exact may be old. Text is as long as it likes, compressed or not: its count stands.
     */
    private static double likelyRows(FileTable table) {
        TableStatistics statistics = table.statistics();
        if (statistics.rows() < 0) {
            return table.bytes() / BYTES_PER_UNKNOWN_ROW;
        }
        if (isCounted(table) || !"parquet".equals(table.source().format())) {
            return statistics.rows();
        }
        double width = 0;
        for (int i = 0; i < table.schema().size(); i++) {
            double known = statistics.column(i).bytesPerRow();
            width += known > 0 ? known : width(table.schema().type(i));
        }
        return Math.max(1, table.bytes() / (ENCODED * Math.max(1, width)));
    }

    /** Whether the rows were counted, though some of them may be deleted since. */
    private static boolean isCounted(FileTable table) {
        return table.statistics().exact()
                || table.files().stream().anyMatch(file -> !file.deletes().isEmpty());
    }

    private static double believed(double rows, double likely) {
        return rows > likely * DOUBT || rows < likely / DOUBT ? likely : rows;
    }

    private static Map<Object, Double> frequent(List<TableStatistics.Frequent> values) {
        Map<Object, Double> shares = new HashMap<>();
        for (TableStatistics.Frequent value : values) {
            shares.put(Numbers.key(value.value()), value.share());
        }
        return shares;
    }

    private static double width(Type type) {
        return switch (type.layout()) {
            case BOOLEAN -> 1;
            case INT -> 4;
            case LONG, DOUBLE -> 8;
            case DECIMAL -> 16;
            case BYTES -> 24;
            case ARRAY, STRUCT -> 64;
        };
    }

    private Estimate project(Project project) {
        Estimate input = of(project.getInput());
        List<ColumnEstimate> columns = new ArrayList<>();
        for (RexNode expression : project.getProjects()) {
            columns.add(
                    expression instanceof RexInputRef ref
                            ? input.column(ref.getIndex())
                            : new ColumnEstimate(
                                    expression instanceof RexLiteral ? 1 : -1,
                                    Double.NaN,
                                    Double.NaN,
                                    0,
                                    width(CalciteTypes.fromCalcite(expression.getType()))));
        }
        return new Estimate(input.rows(), input.most(), columns, input.confidence());
    }

    private Estimate aggregate(Aggregate aggregate) {
        Estimate input = of(aggregate.getInput());
        double groups = 1;
        for (int key : aggregate.getGroupSet()) {
            groups *= input.distinct(key) + (input.column(key).nulls() > 0 ? 1 : 0);
        }
        double rows =
                aggregate.getGroupSet().isEmpty()
                        ? 1
                        : Math.min(groups, Math.max(1, input.rows() * 0.9));
        rows *= aggregate.getGroupSets().size();
        List<ColumnEstimate> columns = new ArrayList<>();
        for (int key : aggregate.getGroupSet()) {
            columns.add(input.column(key));
        }
        while (columns.size() < aggregate.getRowType().getFieldCount()) {
            columns.add(new ColumnEstimate(-1, Double.NaN, Double.NaN, 0, 8));
        }
        double sets = aggregate.getGroupSets().size();
        double most = aggregate.getGroupSet().isEmpty() ? 1 : input.most() * sets;
        return new Estimate(rows, most, columns, Confidence.DERIVED.and(input.confidence()));
    }

    private Estimate join(Join join) {
        Estimate left = of(join.getLeft());
        Estimate right = of(join.getRight());
        JoinInfo info = join.analyzeCondition();
        double rest = 1;
        for (RexNode other : info.nonEquiConditions) {
            rest *= Selectivity.unknownCondition(other);
        }
        double matchedLeft = 1;
        double selectivity = rest;
        if (!info.leftKeys.isEmpty()) {
            double leftKeys = distinct(left, info.leftKeys);
            double rightKeys = distinct(right, info.rightKeys);
            selectivity = rest / Math.max(leftKeys, rightKeys);
            matchedLeft = Math.min(1, rightKeys / leftKeys) * Math.sqrt(rest);
        }
        double most =
                info.leftKeys.isEmpty()
                        ? left.most() * right.most()
                        : Math.max(left.most(), right.most());
        Confidence how = Confidence.DERIVED.and(left.confidence()).and(right.confidence());
        double inner = joined(left.rows() * right.rows() * selectivity, most);
        List<ColumnEstimate> both = new ArrayList<>(left.columns());
        both.addAll(right.columns());
        return switch (join.getJoinType()) {
            case LEFT -> new Estimate(Math.max(inner, left.rows()), most, both, how);
            case RIGHT -> new Estimate(Math.max(inner, right.rows()), most, both, how);
            case FULL ->
                    new Estimate(
                            Math.max(inner, left.rows() + right.rows()),
                            left.most() + right.most(),
                            both,
                            how);
            case SEMI -> left.withRows(left.rows() * matchedLeft, how);
            case ANTI -> left.withRows(left.rows() * Math.max(0.1, 1 - matchedLeft), how);
            default -> new Estimate(inner, most, both, how);
        };
    }

    /**
     * Rows of a join, with doubt: more than {@code most} come out only where rows of both sides
     * have several partners, and more often a number of different values was underestimated.
     */
    public static double joined(double rows, double most) {
        return rows <= most ? rows : Math.sqrt(rows) * Math.sqrt(most);
    }

    /** Different combinations of values of several columns. */
    public static double distinct(Estimate estimate, Iterable<Integer> columns) {
        double distinct = 1;
        for (int column : columns) {
            distinct *= estimate.distinct(column);
        }
        return Math.max(1, Math.min(distinct, estimate.rows()));
    }
}
