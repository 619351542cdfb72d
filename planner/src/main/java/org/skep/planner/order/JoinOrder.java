package org.skep.planner.order;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.skep.planner.estimate.Estimator;
import org.skep.planner.why.Choices;

/**
 * Joins the relations of each region in the order that {@link JoinSearch} finds cheapest, the
 * smaller side to the right, where it becomes the build side.
 *
 * <pre>
 * Join(Join(lineitem, orders), customer) → Join(lineitem, Join(orders, customer))
 * SemiJoin(Join(lineitem, orders), big)  → Join(lineitem, SemiJoin(orders, big))
 * Join(LeftJoin(lineitem, part), orders) → LeftJoin(Join(lineitem, orders), part)
 * </pre>
 */
public final class JoinOrder {
    private final Estimator estimator = new Estimator();
    private final Choices choices;

    private JoinOrder(Choices choices) {
        this.choices = choices;
    }

    /**
     * @param choices hears which orders there were
     */
    public static RelNode apply(RelNode root, Choices choices) {
        return new JoinOrder(choices).visit(root);
    }

    private RelNode visit(RelNode node) {
        if (JoinRegion.isRegion(node)) {
            return ordered(node);
        }
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : node.getInputs()) {
            inputs.add(visit(input));
        }
        return inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
    }

    private RelNode ordered(RelNode root) {
        JoinRegion region = JoinRegion.of(root);
        TransitiveConditions.addTo(region);
        for (int i = 0; i < region.size(); i++) {
            region.replace(i, JoinTrees.filtered(region, i, visit(region.relation(i))));
        }
        JoinSearch search = new JoinSearch(region, estimator);
        JoinSearch.Tree best = search.best();
        if (region.size() > 1) {
            choices.add(() -> new Orders(region, search).choice(best));
        }
        Reducers reducers = new Reducers(region, search.sizes(), best);
        return new JoinTrees(region, reducers).build(best, root.getRowType());
    }
}
