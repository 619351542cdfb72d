package org.skep.planner.physical;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Union;
import org.skep.model.plan.Expr;
import org.skep.model.plan.JoinType;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.SortKey;
import org.skep.model.plan.WindowCall;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;
import org.skep.planner.expr.Casts;

/** UNION, and INTERSECT and EXCEPT as semi- and anti-joins in which nulls are equal. */
final class PlanSetOp {
    private final Planning planning;

    PlanSetOp(Planning planning) {
        this.planning = planning;
    }

    Part union(Union union, List<Part> inputs) {
        Schema schema = Planning.schema(union);
        List<PlanNode> nodes = new ArrayList<>();
        inputs.forEach(input -> nodes.add(cast(input, schema).node()));
        Part all =
                new Part(
                        new PlanNode.Union(nodes, schema),
                        Distribution.ARBITRARY,
                        planning.estimate(union));
        return union.all ? all : distinct(all);
    }

    Part compare(SetOp setOp, List<Part> inputs) {
        Schema schema = Planning.schema(setOp);
        JoinType type = setOp instanceof Intersect ? JoinType.SEMI : JoinType.ANTI;
        Part left = cast(inputs.get(0), schema);
        left = setOp.all ? numbered(left) : distinct(left);
        for (Part input : inputs.subList(1, inputs.size())) {
            Part right = cast(input, schema);
            right = setOp.all ? numbered(right) : right;
            left = semiJoin(type, left, right);
        }
        List<Expr> columns = Planning.inputs(left.node().schema(), 0, schema.size());
        return Planning.project(left, columns, schema);
    }

    private Part semiJoin(JoinType type, Part left, Part right) {
        Schema schema = left.node().schema();
        List<Expr> equal = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            Expr mine = new Expr.Input(i, schema.type(i));
            Expr other = new Expr.Input(schema.size() + i, schema.type(i));
            equal.add(new Expr.Compare(Expr.Comparison.NOT_DISTINCT, mine, other));
        }
        return new PlanJoin(planning).plan(type, left, right, Expr.conjunction(equal), schema);
    }

    private static Part cast(Part part, Schema schema) {
        Schema from = part.node().schema();
        List<Expr> casts = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            casts.add(Casts.to(new Expr.Input(i, from.type(i)), schema.type(i)));
        }
        return Planning.project(part, casts, schema);
    }

    private Part distinct(Part part) {
        List<Integer> all = columns(part);
        double groups = Math.max(1, part.estimate().rows() / 2);
        return new PlanAggregate(planning).aggregate(part, all, List.of(), groups);
    }

    private static List<Integer> columns(Part part) {
        return IntStream.range(0, part.node().schema().size()).boxed().toList();
    }

    /** Equal rows numbered from 1, so that each finds at most one partner. */
    private Part numbered(Part part) {
        List<Integer> all = columns(part);
        Part together =
                part.distribution().gathers(all)
                        ? part
                        : Planning.hashed(part, all, planning.partitions(part.estimate().bytes()));
        List<SortKey> sort = all.stream().map(key -> new SortKey(key, true, true)).toList();
        WindowCall number =
                new WindowCall(
                        "row_number",
                        List.of(),
                        List.of(),
                        false,
                        WindowCall.Frame.WHOLE_PARTITION,
                        Type.BIGINT);
        Schema schema =
                part.node().schema().concat(Schema.of(new Field("$number", Type.BIGINT, false)));
        PlanNode window =
                new PlanNode.Window(
                        new PlanNode.Sort(together.node(), sort),
                        all,
                        List.of(),
                        List.of(number),
                        schema);
        return together.with(window);
    }
}
