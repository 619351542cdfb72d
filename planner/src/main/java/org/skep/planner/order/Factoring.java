package org.skep.planner.order;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/**
 * Finds, in each OR, what all alternatives have in common, and what they say of one relation alone,
 * so that it is known where it helps (TPC-H 7 and 19).
 *
 * <pre>
 * (l.k = r.k AND l.a = 1) OR (l.k = r.k AND l.a = 2) → l.k = r.k AND (l.a = 1 OR l.a = 2)
 * (l.n = 'X' AND r.n = 'Y') OR (l.n = 'Y' AND r.n = 'X')
 *   → … AND (l.n = 'X' OR l.n = 'Y') AND (r.n = 'Y' OR r.n = 'X')
 * </pre>
 */
final class Factoring {
    private final JoinRegion region;
    private final RexBuilder rex;

    Factoring(JoinRegion region, RexBuilder rex) {
        this.region = region;
        this.rex = rex;
    }

    /** What a condition of an inner join demands, each thing by itself. */
    Set<RexNode> conjuncts(RexNode condition) {
        Set<RexNode> all = new LinkedHashSet<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
            all.addAll(RelOptUtil.conjunctions(RexUtil.pullFactors(rex, conjunct)));
        }
        Set<RexNode> derived = new LinkedHashSet<>();
        for (RexNode conjunct : all) {
            long read = region.relationsOf(conjunct);
            if (conjunct.getKind() == SqlKind.OR && Long.bitCount(read) > 1) {
                for (int i = 0; i < region.size(); i++) {
                    RexNode own = (read >> i & 1) == 0 ? null : saidOf(conjunct, 1L << i);
                    if (own != null) {
                        derived.add(own);
                    }
                }
            }
        }
        all.addAll(derived);
        return all;
    }

    /** What each alternative says of one relation; null when one of them says nothing. */
    private RexNode saidOf(RexNode or, long relation) {
        List<RexNode> alternatives = new ArrayList<>();
        for (RexNode alternative : RelOptUtil.disjunctions(or)) {
            List<RexNode> said =
                    RelOptUtil.conjunctions(alternative).stream()
                            .filter(conjunct -> region.relationsOf(conjunct) == relation)
                            .toList();
            if (said.isEmpty()) {
                return null;
            }
            alternatives.add(RexUtil.composeConjunction(rex, said));
        }
        return RexUtil.composeDisjunction(rex, alternatives);
    }
}
