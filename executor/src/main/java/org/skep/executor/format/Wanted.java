package org.skep.executor.format;

import java.util.List;
import org.skep.executor.kernel.FileRows;
import org.skep.executor.kernel.KeyFilter;
import org.skep.model.plan.Expr;
import org.skep.model.type.Type;

/**
 * Which rows a reader is asked for, over the columns that it reads, by their place.
 *
 * @param conditions those for which all are true
 * @param keys and, if the reader cares to look, only those that may have a match in some join
 * @param edges and, likewise, only those that a top-N still has a use for
 * @param rows and, likewise, only these; null for any
 */
public record Wanted(List<Expr> conditions, List<Keys> keys, List<Edge> edges, FileRows rows) {
    public static final Wanted ALL = rows(List.of());

    /** The values that a column is to have one of. */
    public record Keys(int column, KeyFilter values) {
        /** Conditions that are true where the column lies between the least and the greatest. */
        public List<Expr> bounds() {
            if (!values.hasBounds()) {
                return List.of();
            }
            return List.of(
                    compare(Expr.Comparison.GREATER_OR_EQUAL, values.least()),
                    compare(Expr.Comparison.LESS_OR_EQUAL, values.greatest()));
        }

        private Expr compare(Expr.Comparison operator, Object bound) {
            Type type = values.type();
            return new Expr.Compare(
                    operator, new Expr.Input(column, type), new Expr.Literal(bound, type));
        }
    }

    /** What holds of a column, ever stricter. */
    public record Edge(int column, MovingEdge edge) {
        /** The condition on the column as it is now; null as long as all rows are wanted. */
        public Expr condition() {
            Expr now = edge.condition();
            return now == null ? null : now.remap(new int[] {column});
        }
    }

    public Wanted {
        conditions = List.copyOf(conditions);
        keys = List.copyOf(keys);
        edges = List.copyOf(edges);
    }

    public static Wanted rows(List<Expr> conditions) {
        return new Wanted(conditions, List.of(), List.of(), null);
    }
}
