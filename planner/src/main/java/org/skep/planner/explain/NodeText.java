package org.skep.planner.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.skep.model.file.FileTable;
import org.skep.model.file.Split;
import org.skep.model.file.WriteTarget;
import org.skep.model.plan.AggregateCall;
import org.skep.model.plan.Expr;
import org.skep.model.plan.JoinType;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.RuntimeFilter;
import org.skep.model.plan.SortKey;
import org.skep.model.plan.WindowCall;
import org.skep.model.type.Schema;

/** One node of a plan as one line, without its inputs. */
final class NodeText {
    private NodeText() {}

    static String of(PlanNode node) {
        return switch (node.kind()) {
            case SCAN -> scan((PlanNode.Scan) node);
            case VALUES -> {
                PlanNode.Values values = (PlanNode.Values) node;
                String source = values.source() == null ? "" : " from " + values.source();
                yield "Values " + count(values.rows().size(), "row") + source;
            }
            case FILTER -> {
                PlanNode.Filter filter = (PlanNode.Filter) node;
                yield "Filter " + over(filter.input()).text(filter.condition());
            }
            case PROJECT -> {
                PlanNode.Project project = (PlanNode.Project) node;
                yield "Project " + projections(project);
            }
            case EXPAND -> "Expand " + count(((PlanNode.Expand) node).projections().size(), "set");
            case UNNEST -> unnest((PlanNode.Unnest) node);
            case AGGREGATE -> aggregate((PlanNode.Aggregate) node);
            case HASH_JOIN -> hashJoin((PlanNode.HashJoin) node);
            case MERGE_JOIN -> mergeJoin((PlanNode.MergeJoin) node);
            case LOOP_JOIN -> loopJoin((PlanNode.LoopJoin) node);
            case PARTNER_FILTER -> partnerFilter((PlanNode.PartnerFilter) node);
            case SORT -> "Sort " + keys(((PlanNode.Sort) node).keys(), node.schema());
            case TOP_N -> {
                PlanNode.TopN topN = (PlanNode.TopN) node;
                yield "TopN " + topN.rows() + " by " + keys(topN.keys(), node.schema());
            }
            case GROUP_TOP_N -> "TopN " + groupTopN((PlanNode.GroupTopN) node);
            case LIMIT -> limit((PlanNode.Limit) node);
            case WINDOW -> window((PlanNode.Window) node);
            case UNION -> "Union";
            case EXCHANGE -> "Exchange";
            case STAGE_INPUT -> read((PlanNode.StageInput) node);
            case WRITE -> write(((PlanNode.Write) node).target());
        };
    }

    /** How many, by what, of each what: {@code 3 by price desc for each customer}. */
    static String groupTopN(PlanNode.GroupTopN top) {
        String groups =
                top.groups().stream()
                        .map(column -> top.schema().field(column).name())
                        .collect(Collectors.joining(", "));
        String ties =
                switch (top.ranking()) {
                    case ROW_NUMBER -> "";
                    case RANK -> " with ties";
                    case DENSE_RANK -> " distinct";
                };
        return top.rows()
                + ties
                + (top.order().isEmpty() ? "" : " by " + keys(top.order(), top.schema()))
                + (groups.isEmpty() ? "" : " for each " + groups);
    }

    private static String read(PlanNode.StageInput input) {
        String stage = "Read stage " + input.stage();
        if (input.partitioning() instanceof Partitioning.Slices slices) {
            return stage + " shared out evenly over " + slices.tasks() + " tasks";
        }
        if (input.partitioning() instanceof Partitioning.Groups groups) {
            return stage + ", several partitions by each of " + groups.ends().size() + " tasks";
        }
        boolean some = input.partitions() != null;
        return some ? stage + ", some partitions in every task" : stage;
    }

    private static String write(WriteTarget target) {
        return "Write "
                + target.format()
                + (target.partitions().isEmpty()
                        ? ""
                        : ", files for each " + String.join(", ", target.partitions()));
    }

    static ExprText over(PlanNode... inputs) {
        List<String> names = new ArrayList<>();
        for (PlanNode input : inputs) {
            names.addAll(input.schema().names());
        }
        return new ExprText(names);
    }

    private static String scan(PlanNode.Scan scan) {
        FileTable table = scan.table();
        StringBuilder text = new StringBuilder("Scan ").append(name(table)).append(' ');
        text.append(table.source().format()).append(" [");
        text.append(String.join(", ", scan.schema().names())).append(']');
        if (!scan.conditions().isEmpty()) {
            ExprText expr = new ExprText(scan.schema().names());
            text.append(" where ").append(expr.text(Expr.conjunction(scan.conditions())));
        }
        filters(scan, RuntimeFilter.Kind.KEYS, ", filtered by joins on ", text);
        filters(scan, RuntimeFilter.Kind.ROWS, ", rows told by join on ", text);
        filters(scan, RuntimeFilter.Kind.EDGE, ", filtered by TopN on ", text);
        if (scan.limit() >= 0) {
            text.append(" limit ").append(scan.limit());
        }
        text.append(", ").append(count(scan.splits().size(), "split"));
        if (scan.tasks() != null) {
            text.append(" by bucket in ").append(count(scan.tasks().ends().size(), "task"));
        }
        if (table.fileCount() > 1) {
            long read = scan.splits().stream().map(Split::file).distinct().count();
            text.append(", files %d of %d".formatted(read, table.fileCount()));
        }
        return text.toString();
    }

    private static void filters(
            PlanNode.Scan scan, RuntimeFilter.Kind kind, String words, StringBuilder text) {
        String columns =
                scan.filters().stream()
                        .filter(filter -> filter.kind() == kind)
                        .map(filter -> scan.schema().field(filter.place()).name())
                        .distinct()
                        .collect(Collectors.joining(", "));
        text.append(columns.isEmpty() ? "" : words + columns);
    }

    /** The last part of the path, as the user may recognise it. */
    static String name(FileTable table) {
        if (table.name() != null) {
            return table.name();
        }
        List<String> paths = table.source().paths();
        String path = paths.isEmpty() ? "?" : paths.get(0);
        String shown = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        String last = shown.substring(shown.lastIndexOf('/') + 1);
        return paths.size() > 1 ? last + " and " + (paths.size() - 1) + " more" : last;
    }

    static String projections(PlanNode.Project project) {
        ExprText text = over(project.input());
        List<String> all = new ArrayList<>();
        for (int i = 0; i < project.expressions().size(); i++) {
            String expression = text.text(project.expressions().get(i));
            String name = project.schema().field(i).name();
            all.add(expression.equals(name) ? name : expression + " AS " + name);
        }
        return String.join(", ", all);
    }

    private static String unnest(PlanNode.Unnest unnest) {
        return "Unnest "
                + over(unnest.input()).all(unnest.collections())
                + (unnest.outer() ? " outer" : "")
                + (unnest.ordinality() ? " with ordinality" : "");
    }

    private static String aggregate(PlanNode.Aggregate aggregate) {
        ExprText text = over(aggregate.input());
        AggregateCall.Step step =
                aggregate.calls().isEmpty()
                        ? AggregateCall.Step.SINGLE
                        : aggregate.calls().get(0).step();
        String keys = aggregate.keys().stream().map(text::name).collect(Collectors.joining(", "));
        String calls =
                aggregate.calls().stream()
                        .map(call -> call(call, text))
                        .collect(Collectors.joining(", "));
        return "Aggregate "
                + step.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + (keys.isEmpty() ? "" : " by " + keys)
                + (calls.isEmpty() ? "" : ": " + calls);
    }

    static String call(AggregateCall call, ExprText text) {
        String arguments =
                call.step().readsStates()
                        ? "…"
                        : call.arguments().stream()
                                .map(text::name)
                                .collect(Collectors.joining(", "));
        if (call.types().isEmpty() && call.function().equals("count")) {
            arguments = "*";
        }
        return call.function()
                + "("
                + (call.distinct() ? "DISTINCT " : "")
                + arguments
                + ")"
                + (call.filter() >= 0 ? " filter " + text.name(call.filter()) : "");
    }

    private static String hashJoin(PlanNode.HashJoin join) {
        boolean broadcast =
                join.right() instanceof PlanNode.StageInput input
                        && input.partitioning() instanceof Partitioning.Broadcast;
        return (broadcast ? "BroadcastJoin " : "HashJoin ")
                + equi(join.type(), join.left(), join.right(), join.leftKeys(), join.rightKeys())
                + residual(join.residual(), join.left(), join.right());
    }

    private static String mergeJoin(PlanNode.MergeJoin join) {
        boolean mapSide = !isSorted(join.left()) && !isSorted(join.right());
        return (mapSide ? "MapSideMergeJoin " : "MergeJoin ")
                + equi(join.type(), join.left(), join.right(), join.leftKeys(), join.rightKeys())
                + residual(join.residual(), join.left(), join.right());
    }

    /** Whether the rows are sorted here, not as they were written. */
    private static boolean isSorted(PlanNode node) {
        return node.kind() == PlanNode.Kind.SORT;
    }

    private static String partnerFilter(PlanNode.PartnerFilter node) {
        return "PartnerFilter "
                + pairs(node.input(), node.partners(), node.keys(), node.partnerKeys());
    }

    static String equi(
            JoinType type,
            PlanNode left,
            PlanNode right,
            List<Integer> leftKeys,
            List<Integer> rightKeys) {
        return type.name().toLowerCase(Locale.ROOT)
                + " on "
                + pairs(left, right, leftKeys, rightKeys);
    }

    private static String pairs(
            PlanNode left, PlanNode right, List<Integer> leftKeys, List<Integer> rightKeys) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < leftKeys.size(); i++) {
            pairs.add(
                    left.schema().field(leftKeys.get(i)).name()
                            + " = "
                            + right.schema().field(rightKeys.get(i)).name());
        }
        return String.join(" and ", pairs);
    }

    private static String residual(Expr residual, PlanNode left, PlanNode right) {
        return residual == null ? "" : " where " + over(left, right).text(residual);
    }

    private static String loopJoin(PlanNode.LoopJoin join) {
        String type = join.type().name().toLowerCase(Locale.ROOT);
        return join.condition() == null
                ? "LoopJoin " + type
                : (join.bounds() == null ? "LoopJoin " : "RangeJoin ")
                        + type
                        + " on "
                        + over(join.left(), join.right()).text(join.condition());
    }

    static String keys(List<SortKey> keys, Schema schema) {
        return keys.stream()
                .map(
                        key ->
                                schema.field(key.column()).name()
                                        + (key.ascending() ? "" : " desc")
                                        + (key.nullsFirst() == key.ascending()
                                                ? ""
                                                : key.nullsFirst()
                                                        ? " nulls first"
                                                        : " nulls last"))
                .collect(Collectors.joining(", "));
    }

    private static String limit(PlanNode.Limit limit) {
        String rows = limit.rows() == Long.MAX_VALUE ? "" : " " + limit.rows();
        return "Limit" + rows + (limit.offset() > 0 ? " offset " + limit.offset() : "");
    }

    private static String window(PlanNode.Window window) {
        ExprText text = over(window.input());
        String calls =
                window.calls().stream()
                        .map(call -> call(call, text))
                        .collect(Collectors.joining(", "));
        String keys =
                window.partitionKeys().stream().map(text::name).collect(Collectors.joining(", "));
        String order = keys(window.order(), window.input().schema());
        return "Window "
                + calls
                + (keys.isEmpty() ? "" : " partition by " + keys)
                + (order.isEmpty() ? "" : " order by " + order);
    }

    static String call(WindowCall call, ExprText text) {
        return call.function()
                + call.arguments().stream()
                        .map(text::name)
                        .collect(Collectors.joining(", ", "(", ")"))
                + FrameText.of(call);
    }

    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
