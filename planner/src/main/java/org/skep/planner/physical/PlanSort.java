package org.skep.planner.physical;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Expr;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.SortKey;

/** ORDER BY, LIMIT and OFFSET: each task keeps what may be wanted, one task decides. */
final class PlanSort {
    private final Planning planning;

    PlanSort(Planning planning) {
        this.planning = planning;
    }

    static List<SortKey> keys(RelCollation collation) {
        List<SortKey> keys = new ArrayList<>();
        for (RelFieldCollation field : collation.getFieldCollations()) {
            boolean ascending = !field.direction.isDescending();
            boolean nullsFirst =
                    field.nullDirection == RelFieldCollation.NullDirection.UNSPECIFIED
                            ? ascending
                            : field.nullDirection == RelFieldCollation.NullDirection.FIRST;
            keys.add(new SortKey(field.getFieldIndex(), ascending, nullsFirst));
        }
        return keys;
    }

    Part plan(Sort sort, Part input) {
        List<SortKey> keys = keys(sort.getCollation());
        long offset = sort.offset == null ? 0 : number(sort.offset, "OFFSET");
        long rows = sort.fetch == null ? -1 : number(sort.fetch, "LIMIT");
        Part sorted = rows >= 0 ? limited(input, keys, offset, rows) : all(input, keys, offset);
        return new Part(sorted.node(), sorted.distribution(), planning.estimate(sort));
    }

    private static Part all(Part input, List<SortKey> keys, long offset) {
        Part single = Planning.single(input);
        PlanNode node = keys.isEmpty() ? single.node() : new PlanNode.Sort(single.node(), keys);
        return single.with(offset == 0 ? node : new PlanNode.Limit(node, offset, Long.MAX_VALUE));
    }

    private Part limited(Part input, List<SortKey> keys, long offset, long rows) {
        long wanted = Math.max(rows, rows + offset);
        Part first = LateColumns.of(input, keys, wanted, planning);
        if (!(first.distribution() instanceof Distribution.Single)) {
            first = Planning.single(first.with(first(first.node(), keys, wanted)));
        }
        PlanNode node = first(first.node(), keys, wanted);
        if (offset > 0 || keys.isEmpty()) {
            PlanNode all = keys.isEmpty() ? reaching(first.node(), wanted) : node;
            node = new PlanNode.Limit(all, offset, rows);
        }
        return first.with(node);
    }

    private static PlanNode first(PlanNode input, List<SortKey> keys, long rows) {
        if (!keys.isEmpty()) {
            return new PlanNode.TopN(input, keys, rows);
        }
        return new PlanNode.Limit(reaching(input, rows), 0, rows);
    }

    /**
     * The same rows, of which so many are wanted: scans below that give a row for a row know it.
     *
     * <pre>
     * Project(a + 1, Scan(t))        → Project(a + 1, Scan(t, limit 3))
     * Union(Scan(t), Scan(u))        → Union(Scan(t, limit 3), Scan(u, limit 3))
     * </pre>
     */
    private static PlanNode reaching(PlanNode input, long rows) {
        if (input instanceof PlanNode.Scan scan) {
            return scan.conditions().isEmpty() ? scan.withLimit(rows) : scan;
        }
        if (input instanceof PlanNode.Project || input instanceof PlanNode.Union) {
            return input.withInputs(
                    input.inputs().stream().map(each -> reaching(each, rows)).toList());
        }
        return input;
    }

    private long number(RexNode count, String clause) {
        Object value;
        if (count instanceof RexLiteral literal) {
            value = planning.toExpr().convert(literal) instanceof Expr.Literal l ? l.value() : null;
        } else {
            value = planning.functions().evaluate(planning.toExpr().convert(count));
        }
        if (value instanceof Number number && number.longValue() >= 0) {
            return number.longValue();
        }
        throw new QueryException(
                ErrorCode.INVALID_ARGUMENT,
                "%s takes a number of rows, not %s".formatted(clause, value),
                "for example %s 10".formatted(clause));
    }
}
