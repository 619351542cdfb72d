package org.skep.planner.physical;

import java.util.ArrayList;
import java.util.List;
import org.skep.model.plan.Expr;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.Ranking;
import org.skep.model.plan.SortKey;
import org.skep.model.plan.WindowCall;
import org.skep.model.plan.WindowCall.Edge;
import org.skep.model.plan.WindowCall.Unit;

/**
 * Only the first rows of each partition of a window are wanted: each task drops what cannot be
 * among them before rows are exchanged and sorted.
 *
 * <pre>
 * Filter(row_number &lt;= 3, Window(row_number() by k order by n, Sort(k, n, Exchange(x))))
 *     → Filter(row_number &lt;= 3, Window(row_number() by k order by n, Sort(k, n, Exchange(TopN(3 by n for each k, x)))))
 * </pre>
 */
final class WindowTopN {
    /** Tasks would keep so many rows of a partition that they may as well sort them. */
    private static final long MOST = 100_000;

    private WindowTopN() {}

    /** What says that only so many rows are wanted. */
    private record Bound(Ranking ranking, long rows) {}

    static PlanNode below(PlanNode.Filter filter) {
        for (Expr condition : Expr.conjuncts(filter.condition())) {
            if (condition instanceof Expr.Compare compare) {
                PlanNode input = below(filter.input(), compare);
                if (input != null) {
                    return new PlanNode.Filter(input, filter.condition());
                }
            }
        }
        return filter;
    }

    /** The rows that a comparison is about, fewer of them; null if that is not possible. */
    private static PlanNode below(PlanNode rows, Expr.Compare compare) {
        boolean inputFirst = compare.left() instanceof Expr.Input;
        Expr column = inputFirst ? compare.left() : compare.right();
        Expr bound = inputFirst ? compare.right() : compare.left();
        if (!(column instanceof Expr.Input input)
                || !(bound instanceof Expr.Literal literal)
                || !(literal.value() instanceof Long || literal.value() instanceof Integer)) {
            return null;
        }
        long value = ((Number) literal.value()).longValue();
        Expr.Comparison operator = inputFirst ? compare.operator() : compare.operator().mirrored();
        long most =
                switch (operator) {
                    case EQUAL, LESS_OR_EQUAL -> value;
                    case LESS -> value - 1;
                    default -> 0;
                };
        return most < 1 || most > MOST ? null : below(rows, input.column(), most);
    }

    private static PlanNode below(PlanNode rows, int column, long most) {
        if (rows instanceof PlanNode.Project project) {
            if (!(project.expressions().get(column) instanceof Expr.Input input)) {
                return null;
            }
            PlanNode fewer = below(project.input(), input.column(), most);
            return fewer == null ? null : project.withInputs(List.of(fewer));
        }
        if (!(rows instanceof PlanNode.Window window)) {
            return null;
        }
        int call = column - window.input().schema().size();
        Ranking ranking = call < 0 ? null : ranking(window.calls().get(call));
        if (ranking == null
                || !window.calls().stream().allMatch(other -> looksBack(other, ranking))) {
            return null;
        }
        PlanNode fewer = fewer(window, new Bound(ranking, most));
        return fewer == null ? null : window.withInputs(List.of(fewer));
    }

    private static Ranking ranking(WindowCall call) {
        return switch (call.function()) {
            case "row_number" -> Ranking.ROW_NUMBER;
            case "rank" -> Ranking.RANK;
            case "dense_rank" -> Ranking.DENSE_RANK;
            default -> null;
        };
    }

    /** Whether a function has the same value for the rows that stay when others are dropped. */
    private static boolean looksBack(WindowCall call, Ranking ranking) {
        if (ranking(call) != null) {
            return true;
        }
        return switch (call.function()) {
            case "percent_rank", "cume_dist", "ntile", "lead" -> false;
            case "lag" -> call.distance() != null && call.distance() >= 0;
            default -> {
                boolean peersStay = ranking != Ranking.ROW_NUMBER;
                Edge to = call.frame().to();
                yield call.frame().unit() == Unit.ROWS
                        ? to == Edge.CURRENT_ROW || to == Edge.PRECEDING
                        : to == Edge.CURRENT_ROW && peersStay;
            }
        };
    }

    private static PlanNode fewer(PlanNode.Window window, Bound bound) {
        if (!(window.input() instanceof PlanNode.Sort sort)) {
            return null; // neither partitions nor an order: any rows are the first
        }
        List<SortKey> order = new ArrayList<>(window.order());
        order.removeIf(key -> window.partitionKeys().contains(key.column()));
        if (order.isEmpty() && bound.ranking() != Ranking.ROW_NUMBER) {
            return null; // all rows of a partition are equal
        }
        boolean exchanged =
                sort.input() instanceof PlanNode.Exchange exchange
                        && (exchange.partitioning() instanceof Partitioning.Single
                                || exchange.partitioning() instanceof Partitioning.Hash);
        PlanNode source = exchanged ? sort.input().inputs().get(0) : sort.input();
        PlanNode first =
                window.partitionKeys().isEmpty() && bound.ranking() == Ranking.ROW_NUMBER
                        ? new PlanNode.TopN(source, order, bound.rows())
                        : new PlanNode.GroupTopN(
                                source,
                                window.partitionKeys(),
                                order,
                                bound.rows(),
                                bound.ranking());
        PlanNode moved = exchanged ? sort.input().withInputs(List.of(first)) : first;
        return sort.withInputs(List.of(moved));
    }
}
