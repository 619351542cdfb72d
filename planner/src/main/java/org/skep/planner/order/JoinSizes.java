package org.skep.planner.order;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.skep.planner.estimate.Estimate;
import org.skep.planner.estimate.Estimator;

/**
 * How many rows joins of a region give: keys of the smaller side are contained in the larger one
 * (Selinger et al., 1979).
 */
final class JoinSizes {
    private static final double UNKNOWN_EQUALITY = 0.01;
    private static final double ALTERNATIVES = 0.1;
    private static final double UNKNOWN = 0.4;
    private static final double UNEQUAL = 0.9;
    private static final double LEAST_ANTI = 0.1;

    private final JoinRegion region;
    private final Estimate[] estimates;
    private final Map<Integer, EqualColumns> classes = new LinkedHashMap<>();
    private final Terms[] terms;

    /** The equalities of an operator's condition, and the share of rows that the rest keeps. */
    private record Terms(List<Equality> equalities, double rest) {}

    /**
     * An equality.
     *
     * @param one the relations that its one side reads, as bits
     * @param oneDistinct different values of it, -1 when not known
     */
    private record Equality(long one, long other, double oneDistinct, double otherDistinct) {
        boolean isKey(long left, long right) {
            return (one & ~left) == 0 && (other & ~right) == 0
                    || (one & ~right) == 0 && (other & ~left) == 0;
        }

        double distinct(long side) {
            return (one & ~side) == 0 ? oneDistinct : otherDistinct;
        }
    }

    /**
     * A class of columns that are equal in every row.
     *
     * @param distinct different values in each relation, 0 in one that has no such column
     */
    private record EqualColumns(double[] distinct) {
        double least(long set) {
            double least = Double.MAX_VALUE;
            for (int i = 0; i < distinct.length; i++) {
                if ((set >> i & 1) != 0 && distinct[i] > 0) {
                    least = Math.min(least, distinct[i]);
                }
            }
            return least;
        }
    }

    JoinSizes(JoinRegion region, Estimator estimator) {
        this.region = region;
        this.estimates = new Estimate[region.size()];
        for (int i = 0; i < estimates.length; i++) {
            estimates[i] = estimator.of(region.relation(i));
        }
        for (int column = 0; column < region.width(); column++) {
            if (region.classOf(column) >= 0) {
                int relation = region.relationOf(column);
                double[] all =
                        classes.computeIfAbsent(
                                        region.classOf(column),
                                        key -> new EqualColumns(new double[region.size()]))
                                .distinct;
                double distinct = distinct(column);
                all[relation] = all[relation] == 0 ? distinct : Math.min(all[relation], distinct);
            }
        }
        this.terms = new Terms[region.operators().size()];
        for (int i = 0; i < terms.length; i++) {
            terms[i] = terms(region.operators().get(i));
        }
    }

    private double distinct(int column) {
        int relation = region.relationOf(column);
        return estimates[relation].distinct(column - region.offset(relation));
    }

    private Terms terms(JoinOperator operator) {
        List<Equality> equalities = new ArrayList<>();
        double rest = 1;
        if (operator.condition() != null) {
            for (RexNode conjunct : RelOptUtil.conjunctions(operator.condition())) {
                Equality equality = equality(conjunct);
                if (equality == null) {
                    rest *= share(conjunct);
                } else {
                    equalities.add(equality);
                }
            }
        }
        return new Terms(List.copyOf(equalities), rest);
    }

    private Equality equality(RexNode condition) {
        if (condition.getKind() != SqlKind.EQUALS
                && condition.getKind() != SqlKind.IS_NOT_DISTINCT_FROM) {
            return null;
        }
        List<RexNode> operands = ((RexCall) condition).getOperands();
        long one = region.relationsOf(operands.get(0));
        long other = region.relationsOf(operands.get(1));
        if (one == 0 || other == 0 || (one & other) != 0) {
            return null;
        }
        return new Equality(one, other, distinct(operands.get(0)), distinct(operands.get(1)));
    }

    private double distinct(RexNode key) {
        RexNode bare = key.getKind() == SqlKind.CAST ? ((RexCall) key).getOperands().get(0) : key;
        return bare instanceof RexInputRef ref ? distinct(ref.getIndex()) : -1;
    }

    private static double share(RexNode condition) {
        return switch (condition.getKind()) {
            case EQUALS, IS_NOT_DISTINCT_FROM -> UNKNOWN_EQUALITY;
            case NOT_EQUALS -> UNEQUAL;
            case OR -> ALTERNATIVES;
            default -> UNKNOWN;
        };
    }

    /** Rows of a relation. */
    double rows(int relation) {
        return estimates[relation].rows();
    }

    /** Rows of a relation if no condition dropped any. */
    double most(int relation) {
        return estimates[relation].most();
    }

    /** How well the rows of a relation are known. */
    Estimate.Confidence confidence(int relation) {
        return estimates[relation].confidence();
    }

    /** Whether a hash join can do the operator. */
    boolean hasKey(int operator, long left, long right) {
        if (region.operators().get(operator).equal() >= 0) {
            return true;
        }
        for (Equality equality : terms[operator].equalities) {
            if (equality.isKey(left, right)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Rows of a join.
     *
     * @param type of the join of {@code left} with {@code right}
     * @param operators that it does: one that is no inner join, if any, first; the conditions of
     *     inner joins are asked of its rows
     */
    double rows(JoinRelType type, int[] operators, JoinSearch.Tree left, JoinSearch.Tree right) {
        Keys keys = new Keys(left, right);
        double filter = 1;
        for (int i = 0; i < operators.length; i++) {
            if (i == 0 || type == JoinRelType.INNER) {
                keys.add(operators[i]);
            } else {
                filter *=
                        terms[operators[i]].rest
                                * (terms[operators[i]].equalities.isEmpty() ? 1 : UNKNOWN_EQUALITY);
            }
        }
        double inner =
                Estimator.joined(
                        left.rows() * right.rows() * keys.share(),
                        keys.any ? Math.max(left.most(), right.most()) : Double.MAX_VALUE);
        return filter
                * switch (type) {
                    case LEFT -> Math.max(inner, left.rows());
                    case RIGHT -> Math.max(inner, right.rows());
                    case FULL -> Math.max(inner, left.rows() + right.rows());
                    case SEMI -> left.rows() * keys.matched();
                    case ANTI -> left.rows() * Math.max(LEAST_ANTI, 1 - keys.matched());
                    default -> inner;
                };
    }

    /** The keys of one join. */
    private final class Keys {
        private final JoinSearch.Tree left;
        private final JoinSearch.Tree right;
        private final List<Integer> seen = new ArrayList<>();
        private double leftKeys = 1;
        private double rightKeys = 1;
        private double rest = 1;
        private boolean any;

        Keys(JoinSearch.Tree left, JoinSearch.Tree right) {
            this.left = left;
            this.right = right;
        }

        void add(int index) {
            JoinOperator operator = region.operators().get(index);
            if (operator.equal() >= 0) {
                if (!seen.contains(operator.equal())) {
                    seen.add(operator.equal());
                    EqualColumns columns = classes.get(operator.equal());
                    leftKeys *= columns.least(left.relations());
                    rightKeys *= columns.least(right.relations());
                    any = true;
                }
                return;
            }
            rest *= terms[index].rest;
            for (Equality equality : terms[index].equalities) {
                double ofLeft = equality.distinct(left.relations());
                double ofRight = equality.distinct(right.relations());
                if (ofLeft < 0
                        || ofRight < 0
                        || !equality.isKey(left.relations(), right.relations())) {
                    rest *= UNKNOWN_EQUALITY;
                } else {
                    leftKeys *= ofLeft;
                    rightKeys *= ofRight;
                    any = true;
                }
            }
        }

        double share() {
            if (!any) {
                return rest;
            }
            double most =
                    Math.max(
                            Math.min(leftKeys, baseRows(left.relations())),
                            Math.min(rightKeys, baseRows(right.relations())));
            return rest / Math.max(1, most);
        }

        /** The share of left rows that have a partner. */
        double matched() {
            if (!any) {
                return Math.min(1, rest * right.rows());
            }
            double ofLeft = Math.max(1, Math.min(leftKeys, baseRows(left.relations())));
            double ofRight = Math.max(1, Math.min(rightKeys, right.rows()));
            return Math.min(1, ofRight / ofLeft) * Math.sqrt(rest);
        }
    }

    private double baseRows(long relations) {
        double most = 1;
        for (int i = 0; i < estimates.length; i++) {
            if ((relations >> i & 1) != 0) {
                most = Math.max(most, estimates[i].rows());
            }
        }
        return most;
    }
}
