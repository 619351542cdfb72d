package org.skep.planner.estimate;

import com.google.common.collect.BoundType;
import com.google.common.collect.Range;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.Sarg;
import org.apache.calcite.util.TimestampString;
import org.skep.planner.estimate.Estimate.ColumnEstimate;
import org.skep.planner.estimate.Estimate.Confidence;

/** Which share of the rows a condition keeps. */
final class Selectivity {
    private static final double RANGE = 0.3;
    private static final double PATTERN = 0.1;
    private static final double EQUAL = 0.05;
    private static final double OTHER = 0.25;

    private Selectivity() {}

    /** The rows for which the condition holds, with column bounds narrowed by it. */
    static Estimate filtered(Estimate input, RexNode condition) {
        Estimate now = input;
        double share = 1;
        for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
            share *= of(conjunct, now);
            now = narrowed(now, conjunct);
        }
        double rows = Math.max(Math.min(1, input.rows()), input.rows() * share);
        List<ColumnEstimate> columns = new ArrayList<>();
        for (ColumnEstimate column : now.columns()) {
            columns.add(
                    column.distinct() < 0
                            ? column
                            : column.withDistinct(kept(column.distinct(), input.rows(), rows)));
        }
        return new Estimate(
                rows, input.most(), columns, input.confidence().and(confidence(condition, input)));
    }

    /** Whether the columns that are compared with constants are known. */
    private static Confidence confidence(RexNode condition, Estimate input) {
        boolean known = true;
        for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
            known &=
                    conjunct instanceof RexCall call
                            && call.getKind() != SqlKind.LIKE
                            && strip(call.getOperands().get(0)) instanceof RexInputRef ref
                            && isKnown(input.column(ref.getIndex()));
        }
        return known ? Confidence.DERIVED : Confidence.GUESSED;
    }

    private static boolean isKnown(ColumnEstimate column) {
        return column.distinct() > 0 || !Double.isNaN(column.min());
    }

    /**
     * Values left of {@code distinct} when {@code rows} of {@code all} rows are drawn, after Yao
     * (1977).
     */
    private static double kept(double distinct, double all, double rows) {
        if (rows >= all || distinct <= 1) {
            return Math.min(distinct, rows);
        }
        double perValue = all / distinct;
        return Math.max(1, distinct * (1 - Math.pow(1 - rows / all, perValue)));
    }

    static double unknownCondition(RexNode condition) {
        return condition.getKind() == SqlKind.NOT_EQUALS ? 0.9 : RANGE;
    }

    private static double of(RexNode condition, Estimate input) {
        if (condition instanceof RexLiteral literal) {
            return literal.isAlwaysTrue() ? 1 : 0;
        }
        if (!(condition instanceof RexCall call)) {
            return 0.5;
        }
        return switch (call.getKind()) {
            case AND -> {
                double share = 1;
                for (RexNode operand : call.getOperands()) {
                    share *= of(operand, input);
                }
                yield share;
            }
            case OR -> {
                double none = 1;
                for (RexNode operand : call.getOperands()) {
                    none *= 1 - of(operand, input);
                }
                yield 1 - none;
            }
            case NOT -> 1 - of(call.getOperands().get(0), input);
            case EQUALS, IS_NOT_DISTINCT_FROM -> equal(call, input);
            case NOT_EQUALS -> 1 - equal(call, input);
            case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
                    range(call, input);
            case SEARCH -> search(call, input);
            case IS_NULL -> nulls(call, input);
            case IS_NOT_NULL -> 1 - nulls(call, input);
            case LIKE -> PATTERN;
            default -> OTHER;
        };
    }

    private static double nulls(RexCall call, Estimate input) {
        return call.getOperands().get(0) instanceof RexInputRef ref
                ? input.column(ref.getIndex()).nulls()
                : 0.05;
    }

    private static double equal(RexCall call, Estimate input) {
        RexNode left = strip(call.getOperands().get(0));
        RexNode right = strip(call.getOperands().get(1));
        if (left instanceof RexInputRef a && right instanceof RexInputRef b) {
            return 1 / Math.max(input.distinct(a.getIndex()), input.distinct(b.getIndex()));
        }
        RexInputRef ref =
                left instanceof RexInputRef a ? a : right instanceof RexInputRef b ? b : null;
        if (ref == null) {
            return 0.1;
        }
        ColumnEstimate column = input.column(ref.getIndex());
        RexNode other = ref == left ? right : left;
        if (other instanceof RexLiteral literal) {
            double value = Numbers.of(literal);
            if (value < column.min() || value > column.max()) {
                return 1 / Math.max(1, input.rows());
            }
            return column.share(Numbers.key(literal), EQUAL);
        }
        return column.share(null, EQUAL);
    }

    private static RexNode strip(RexNode node) {
        return node.getKind() == SqlKind.CAST ? ((RexCall) node).getOperands().get(0) : node;
    }

    private static double range(RexCall call, Estimate input) {
        RexNode left = strip(call.getOperands().get(0));
        RexNode right = strip(call.getOperands().get(1));
        if (left instanceof RexInputRef ref && right instanceof RexLiteral literal) {
            ColumnEstimate column = input.column(ref.getIndex());
            double value = Numbers.of(literal);
            boolean below =
                    call.getKind() == SqlKind.LESS_THAN
                            || call.getKind() == SqlKind.LESS_THAN_OR_EQUAL;
            double share =
                    share(column, below ? column.min() : value, below ? value : column.max());
            return Double.isNaN(share) ? RANGE : share;
        }
        if (right instanceof RexInputRef && left instanceof RexLiteral) {
            RexCall mirrored =
                    (RexCall)
                            call.clone(
                                    call.getType(),
                                    List.of(call.getOperands().get(1), call.getOperands().get(0)));
            double share = range(mirrored, input);
            return share == RANGE ? RANGE : 1 - share;
        }
        return RANGE;
    }

    /** The share of values from {@code low} to {@code high}; NaN when it cannot be told. */
    private static double share(ColumnEstimate column, double low, double high) {
        double width = column.max() - column.min();
        if (Double.isNaN(width) || Double.isNaN(low) || Double.isNaN(high)) {
            return Double.NaN;
        }
        double from = Math.max(low, column.min());
        double to = Math.min(high, column.max());
        if (to < from) {
            return 0;
        }
        double least = column.distinct() > 0 ? 1 / column.distinct() : 0.001;
        double all = column.quantiles().between(column.min(), column.max());
        double share =
                column.quantiles().isKnown() && all > 0
                        ? column.quantiles().between(from, to) / all
                        : (to - from) / width;
        return width <= 0 ? 1 : Math.min(1, Math.max(least, share));
    }

    private static double search(RexCall call, Estimate input) {
        Sarg<?> sarg = ((RexLiteral) call.getOperands().get(1)).getValueAs(Sarg.class);
        if (!(strip(call.getOperands().get(0)) instanceof RexInputRef ref)) {
            return sarg.isPoints() ? Math.min(0.5, 0.1 * sarg.pointCount) : OTHER;
        }
        ColumnEstimate column = input.column(ref.getIndex());
        if (sarg.isComplementedPoints()) {
            double others = 1;
            for (Object each : sarg.negate().rangeSet.asRanges()) {
                others -= column.share(key(((Range<?>) each).lowerEndpoint()), EQUAL);
            }
            return Math.max(0, others);
        }
        double total = 0;
        for (Object each : sarg.rangeSet.asRanges()) {
            Range<?> range = (Range<?>) each;
            if (isPoint(range)) {
                total += column.share(key(range.lowerEndpoint()), EQUAL);
                continue;
            }
            double low = range.hasLowerBound() ? value(range.lowerEndpoint()) : column.min();
            double high = range.hasUpperBound() ? value(range.upperEndpoint()) : column.max();
            double share = share(column, low, high);
            total += Double.isNaN(share) ? OTHER : share;
        }
        return Math.min(1, total);
    }

    private static boolean isPoint(Range<?> range) {
        return range.hasLowerBound()
                && range.hasUpperBound()
                && range.lowerBoundType() == BoundType.CLOSED
                && range.lowerEndpoint().equals(range.upperEndpoint());
    }

    private static Object key(Object endpoint) {
        if (endpoint instanceof NlsString text) {
            return text.getValue();
        }
        double number = value(endpoint);
        return Double.isNaN(number) ? null : (Object) number;
    }

    private static double value(Object endpoint) {
        if (endpoint instanceof BigDecimal number) {
            return number.doubleValue();
        }
        if (endpoint instanceof DateString date) {
            return date.getDaysSinceEpoch();
        }
        if (endpoint instanceof TimestampString timestamp) {
            return timestamp.getMillisSinceEpoch() * 1000d;
        }
        return Double.NaN;
    }

    /** Bounds of a column that a range condition narrows, so that the next one sees the rest. */
    private static Estimate narrowed(Estimate input, RexNode condition) {
        if (!(condition instanceof RexCall call) || call.getOperands().size() != 2) {
            return input;
        }
        if (!(strip(call.getOperands().get(0)) instanceof RexInputRef ref)
                || !(call.getOperands().get(1) instanceof RexLiteral literal)
                || call.getKind() == SqlKind.SEARCH) {
            return input;
        }
        double value = Numbers.of(literal);
        ColumnEstimate column = input.column(ref.getIndex());
        ColumnEstimate narrower =
                switch (call.getKind()) {
                    case LESS_THAN, LESS_THAN_OR_EQUAL -> column.between(Double.NaN, value);
                    case GREATER_THAN, GREATER_THAN_OR_EQUAL -> column.between(value, Double.NaN);
                    case EQUALS -> column.between(value, value).withDistinct(1);
                    default -> column;
                };
        if (narrower == column || ref.getIndex() >= input.columns().size()) {
            return input;
        }
        List<ColumnEstimate> columns = new ArrayList<>(input.columns());
        columns.set(ref.getIndex(), narrower);
        return new Estimate(input.rows(), input.most(), columns, input.confidence());
    }
}
