package org.skep.planner.stage;

import java.util.ArrayList;
import java.util.List;
import org.skep.model.plan.Expr;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.RuntimeFilter;
import org.skep.model.plan.Stage;
import org.skep.model.plan.StageGraph;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/**
 * Lets hash joins tell the scans below their probe side, in the same stage, which keys have a match
 * (sideways information passing; Ives and Taylor, ICDE 2008; Trino's dynamic filters). A join
 * builds before it probes, so its keys are known before the scan reads its first row. A top-N tells
 * the scans below of the last row that it has kept (as DataFusion and Snowflake do). A partner
 * filter tells them of the keys that a finished stage has.
 */
final class RuntimeFilters {
    private int next;

    private RuntimeFilters() {}

    static StageGraph in(StageGraph graph) {
        return new StageGraph(graph.stages().stream().map(RuntimeFilters::in).toList());
    }

    /** The stage with such links in place of those that it had. */
    static Stage in(Stage stage) {
        PlanNode linked = new RuntimeFilters().link(without(stage.root()));
        return new Stage(stage.id(), linked, stage.output());
    }

    private static PlanNode without(PlanNode node) {
        PlanNode bare = node;
        if (node instanceof PlanNode.Scan scan && !scan.filters().isEmpty()) {
            bare = scan.withFilters(List.of());
        } else if (node instanceof PlanNode.HashJoin join) {
            bare = join.with(join.left(), join.right(), List.of());
        } else if (node instanceof PlanNode.PartnerFilter filter) {
            bare = filter.with(filter.input(), List.of());
        } else if (node instanceof PlanNode.TopN top) {
            bare = top.with(top.input(), null);
        }
        return withInputs(bare, bare.inputs().stream().map(RuntimeFilters::without).toList());
    }

    private static PlanNode withInputs(PlanNode node, List<PlanNode> inputs) {
        return inputs.equals(node.inputs()) ? node : node.withInputs(inputs);
    }

    private PlanNode link(PlanNode node) {
        PlanNode linked =
                switch (node.kind()) {
                    case HASH_JOIN -> linked((PlanNode.HashJoin) node);
                    case PARTNER_FILTER -> linked((PlanNode.PartnerFilter) node);
                    case TOP_N -> linked((PlanNode.TopN) node);
                    default -> node;
                };
        return withInputs(linked, linked.inputs().stream().map(this::link).toList());
    }

    private PlanNode linked(PlanNode.TopN top) {
        if (top.keys().isEmpty()) {
            return top;
        }
        RuntimeFilter filter = new RuntimeFilter(next, 0, RuntimeFilter.Kind.EDGE);
        PlanNode told = tell(top.input(), top.keys().get(0).column(), filter);
        if (told.equals(top.input())) {
            return top;
        }
        next++;
        return top.with(told, filter);
    }

    private PlanNode linked(PlanNode.HashJoin join) {
        if (join.type().keepsLeft() || join.nullsEqual()) {
            return join;
        }
        if (isByRow(join)) {
            RuntimeFilter filter = new RuntimeFilter(next++, 0, RuntimeFilter.Kind.ROWS);
            PlanNode told = tell(join.left(), join.leftKeys().get(1), filter);
            return join.with(told, join.right(), List.of(filter));
        }
        List<RuntimeFilter> filters = new ArrayList<>();
        Schema right = join.right().schema();
        PlanNode left = told(join.left(), join.leftKeys(), right, join.rightKeys(), filters);
        return filters.isEmpty() ? join : join.with(left, join.right(), filters);
    }

    private PlanNode linked(PlanNode.PartnerFilter node) {
        List<RuntimeFilter> filters = new ArrayList<>();
        Schema partners = node.partners().schema();
        PlanNode input = told(node.input(), node.keys(), partners, node.partnerKeys(), filters);
        return filters.isEmpty() ? node : node.with(input, filters);
    }

    /**
     * The plan with its scans told of keys.
     *
     * @param filters takes the links
     */
    private PlanNode told(
            PlanNode node,
            List<Integer> keys,
            Schema partners,
            List<Integer> partnerKeys,
            List<RuntimeFilter> filters) {
        PlanNode now = node;
        for (int key = 0; key < keys.size(); key++) {
            Type type = partners.type(partnerKeys.get(key));
            int column = keys.get(key);
            if (now.schema().type(column).equals(type)) {
                RuntimeFilter filter = new RuntimeFilter(next, key, RuntimeFilter.Kind.KEYS);
                PlanNode told = tell(now, column, filter);
                if (!told.equals(now)) {
                    now = told;
                    filters.add(filter);
                    next++;
                }
            }
        }
        return now;
    }

    /** Whether the keys say in which file of a scan a row is, and where in the file. */
    private static boolean isByRow(PlanNode.HashJoin join) {
        if (!(join.left() instanceof PlanNode.Scan scan)
                || scan.limit() >= 0
                || join.leftKeys().size() != 2) {
            return false;
        }
        int width = scan.table().schema().size();
        Schema right = join.right().schema();
        return scan.columns().get(join.leftKeys().get(0)) == width
                && scan.columns().get(join.leftKeys().get(1)) == width + 1
                && right.type(join.rightKeys().get(0)).equals(Type.STRING)
                && right.type(join.rightKeys().get(1)).equals(Type.BIGINT);
    }

    /**
     * The plan with the filter at every scan that this output comes from unchanged; the same plan
     * if rows that the operator would drop must not be left out below.
     */
    private static PlanNode tell(PlanNode node, int column, RuntimeFilter filter) {
        return switch (node.kind()) {
            case SCAN -> {
                PlanNode.Scan scan = (PlanNode.Scan) node;
                List<RuntimeFilter> filters = new ArrayList<>(scan.filters());
                filters.add(new RuntimeFilter(filter.id(), column, filter.kind()));
                yield scan.limit() < 0 ? scan.withFilters(filters) : scan;
            }
            case PROJECT -> {
                Expr expr = ((PlanNode.Project) node).expressions().get(column);
                yield expr instanceof Expr.Input input
                        ? below(node, 0, input.column(), filter)
                        : node;
            }
            case FILTER, PARTNER_FILTER, SORT -> below(node, 0, column, filter);
            case AGGREGATE -> {
                List<Integer> keys = ((PlanNode.Aggregate) node).keys();
                yield column < keys.size() ? below(node, 0, keys.get(column), filter) : node;
            }
            case WINDOW -> {
                boolean whole = ((PlanNode.Window) node).partitionKeys().contains(column);
                yield whole ? below(node, 0, column, filter) : node;
            }
            case GROUP_TOP_N -> {
                boolean whole = ((PlanNode.GroupTopN) node).groups().contains(column);
                yield whole ? below(node, 0, column, filter) : node;
            }
            case HASH_JOIN -> join((PlanNode.HashJoin) node, column, filter);
            case UNION -> {
                PlanNode told = node;
                for (int i = 0; i < node.inputs().size(); i++) {
                    told = below(told, i, column, filter);
                }
                yield told;
            }
            case VALUES, EXPAND, UNNEST, MERGE_JOIN, LOOP_JOIN, TOP_N, LIMIT -> node;
            case EXCHANGE, STAGE_INPUT, WRITE -> node;
        };
    }

    private static PlanNode below(PlanNode node, int input, int column, RuntimeFilter filter) {
        PlanNode before = node.inputs().get(input);
        PlanNode told = tell(before, column, filter);
        if (told.equals(before)) {
            return node;
        }
        List<PlanNode> inputs = new ArrayList<>(node.inputs());
        inputs.set(input, told);
        return node.withInputs(inputs);
    }

    /** Left rows may be left out where no right row comes out for want of them. */
    private static PlanNode join(PlanNode.HashJoin join, int column, RuntimeFilter filter) {
        if (isByRow(join)) {
            return join; // which rows are read is known as well as can be
        }
        int width = join.left().schema().size();
        return switch (join.type()) {
            case RIGHT, FULL -> join;
            case LEFT, SEMI, ANTI -> column < width ? below(join, 0, column, filter) : join;
            case INNER -> {
                int key = join.rightKeys().indexOf(column - width);
                int left = column < width ? column : key < 0 ? -1 : join.leftKeys().get(key);
                boolean same =
                        left >= 0
                                && join.left()
                                        .schema()
                                        .type(left)
                                        .equals(join.schema().type(column));
                yield same ? below(join, 0, left, filter) : join;
            }
        };
    }
}
