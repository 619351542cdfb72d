package org.skep.planner.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.skep.model.plan.AggregateCall;
import org.skep.model.plan.Expr;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.Stage;
import org.skep.model.plan.StageGraph;
import org.skep.model.type.Schema;
import org.skep.planner.explain.MapReduce.Step;
import org.skep.planner.why.Amounts;

/** Writes down what the tasks of one stage do, from where rows come in to where they go out. */
final class StageFunctions {
    private final Stage stage;
    private final StageGraph graph;
    private final List<Step> steps = new ArrayList<>();
    private boolean emitted; // whether rows have gone out as keys and values already

    StageFunctions(Stage stage, StageGraph graph) {
        this.stage = stage;
        this.graph = graph;
    }

    List<Step> steps() {
        flow(stage.root());
        output();
        return steps;
    }

    private void begin(String name, String line) {
        steps.add(new Step(name, new ArrayList<>()));
        add(line);
    }

    private void add(String line) {
        emitted = false;
        steps.get(steps.size() - 1).lines().add(line);
    }

    /** Says what is done up to and with a node. */
    private void flow(PlanNode node) {
        switch (node.kind()) {
            case SCAN -> scan((PlanNode.Scan) node);
            case VALUES -> {
                PlanNode.Values values = (PlanNode.Values) node;
                String source = values.source() == null ? "the query" : values.source();
                int rows = values.rows().size();
                String which = rows == 1 ? "the one row" : "each of %d rows".formatted(rows);
                begin("map", "for %s of %s: %s".formatted(which, source, columns(node)));
            }
            case FILTER -> {
                PlanNode.Filter filter = (PlanNode.Filter) node;
                flow(filter.input());
                add("keep it only if " + ColumnWords.over(filter.input()).text(filter.condition()));
            }
            case PROJECT -> {
                flow(node.inputs().get(0));
                compute((PlanNode.Project) node);
            }
            case EXPAND -> {
                flow(node.inputs().get(0));
                int sets = ((PlanNode.Expand) node).projections().size();
                add("make %d copies of it, one for each set of keys".formatted(sets));
            }
            case UNNEST -> {
                PlanNode.Unnest unnest = (PlanNode.Unnest) node;
                flow(unnest.input());
                String what = ColumnWords.over(unnest.input()).all(unnest.collections());
                add("make a row of each element of " + what);
                if (unnest.outer()) {
                    add("keep it once, with nulls, if there is no element");
                }
            }
            case AGGREGATE -> aggregate((PlanNode.Aggregate) node);
            case HASH_JOIN, MERGE_JOIN, LOOP_JOIN -> join(node);
            case PARTNER_FILTER -> partnerFilter((PlanNode.PartnerFilter) node);
            case SORT -> {
                flow(node.inputs().get(0));
                add("sort all by " + NodeText.keys(((PlanNode.Sort) node).keys(), node.schema()));
            }
            case TOP_N -> {
                PlanNode.TopN top = (PlanNode.TopN) node;
                flow(top.input());
                String keys = NodeText.keys(top.keys(), node.schema());
                add("of all keep the first %d by %s".formatted(top.rows(), keys));
            }
            case GROUP_TOP_N -> {
                flow(node.inputs().get(0));
                String first = NodeText.groupTopN((PlanNode.GroupTopN) node);
                add("keep it only if it may be of the first " + first);
            }
            case LIMIT -> limit((PlanNode.Limit) node);
            case WINDOW -> window((PlanNode.Window) node);
            case UNION -> {
                node.inputs().forEach(this::flow);
                begin("then", "take the rows of all of these: " + columns(node));
            }
            case STAGE_INPUT -> input((PlanNode.StageInput) node);
            case EXCHANGE -> throw new IllegalArgumentException("an exchange inside a stage");
            case WRITE -> {
                flow(node.inputs().get(0));
                add("write it to %s files".formatted(((PlanNode.Write) node).target().format()));
            }
        }
    }

    private void partnerFilter(PlanNode.PartnerFilter filter) {
        String key = names(filter.partners(), filter.partnerKeys());
        begin("set up", "load the keys %s of stage %d".formatted(key, id(filter.partners())));
        flow(filter.input());
        add("keep it only if %s is one of them".formatted(names(filter.input(), filter.keys())));
    }

    private void scan(PlanNode.Scan scan) {
        begin(
                "map",
                "for each row of %s: %s".formatted(NodeText.name(scan.table()), columns(scan)));
        if (!scan.conditions().isEmpty()) {
            ExprText text = new ExprText(scan.schema().names());
            add("keep it only if " + text.text(Expr.conjunction(scan.conditions())));
        }
        if (scan.limit() >= 0) {
            add("stop after " + Amounts.rows(scan.limit()));
        }
    }

    private void input(PlanNode.StageInput input) {
        String from = "stage " + input.stage();
        if (MapReduce.isKeyed(input)) {
            String key = names(input, keys(input.partitioning()));
            begin("reduce", "for each key %s of %s, with all its values".formatted(key, from));
        } else if (input.partitioning() instanceof Partitioning.Single) {
            begin("reduce", "for all rows of %s, in one task".formatted(from));
        } else if (input.partitioning() instanceof Partitioning.Slices) {
            begin("reduce", "for each row of a share of " + from + ", whatever its key");
        } else {
            boolean spread = input.partitioning() instanceof Partitioning.Spread;
            String which = spread ? "for each row of a part of " : "for each row of ";
            begin("map", which + from);
        }
    }

    private static List<Integer> keys(Partitioning partitioning) {
        return partitioning instanceof Partitioning.Groups groups
                ? groups.keys()
                : ((Partitioning.Hash) partitioning).keys();
    }

    /** Only what is more than a column. */
    private void compute(PlanNode.Project project) {
        ExprText text = ColumnWords.over(project.input());
        List<String> computed = new ArrayList<>();
        for (int i = 0; i < project.expressions().size(); i++) {
            Expr expression = project.expressions().get(i);
            if (!(expression instanceof Expr.Input)) {
                String name = project.schema().field(i).name();
                computed.add(name + " = " + text.text(expression));
            }
        }
        if (!computed.isEmpty()) {
            add("compute " + String.join(", ", computed));
        }
    }

    private void limit(PlanNode.Limit limit) {
        flow(limit.input());
        String offset = limit.offset() > 0 ? "pass over %d rows".formatted(limit.offset()) : "";
        String rows =
                limit.rows() == Long.MAX_VALUE
                        ? "keep the rest"
                        : "keep " + Amounts.rows(limit.rows());
        add("of all " + (offset.isEmpty() ? rows : offset + ", then " + rows));
    }

    private void window(PlanNode.Window window) {
        flow(window.input());
        Schema schema = window.input().schema();
        ExprText text = NodeText.over(window.input());
        String calls =
                window.calls().stream()
                        .map(call -> NodeText.call(call, text))
                        .collect(Collectors.joining(", "));
        String order = NodeText.keys(window.order(), schema);
        String all =
                window.partitionKeys().isEmpty()
                        ? "over all rows"
                        : "over the rows of each " + names(window.input(), window.partitionKeys());
        add(
                "compute %s %s%s"
                        .formatted(calls, all, order.isEmpty() ? "" : ", in order of " + order));
    }

    private void aggregate(PlanNode.Aggregate aggregate) {
        boolean reads = aggregate.calls().stream().anyMatch(call -> call.step().readsStates());
        boolean writes =
                !aggregate.calls().isEmpty()
                        && aggregate.calls().stream().allMatch(call -> call.step().writesStates());
        boolean together =
                aggregate.input() instanceof PlanNode.StageInput input
                        && MapReduce.isShuffled(input);
        if (together) {
            flow(aggregate.input());
            if (!aggregate.keys().isEmpty()
                    && stageInput(aggregate).partitioning() instanceof Partitioning.Single) {
                String keys = names(aggregate.input(), aggregate.keys());
                add("for each key %s, with all its values".formatted(keys));
            }
            add(reads ? "put together the partial " + calls(aggregate) : calls(aggregate));
            return;
        }
        boolean computed = aggregate.input() instanceof PlanNode.Project;
        flow(computed ? aggregate.input().inputs().get(0) : aggregate.input());
        boolean total = aggregate.keys().isEmpty();
        String key = total ? "one key for all" : key(aggregate);
        add("emit %s, %s".formatted(key, value(aggregate)));
        boolean combines =
                writes
                        || aggregate.calls().isEmpty()
                                && stage.output() instanceof Partitioning.Hash;
        begin(
                combines ? "combine" : "reduce",
                "for %s: %s%s"
                        .formatted(
                                total ? "all" : "each " + key,
                                calls(aggregate),
                                combines ? "" : " (in the same task, nothing is shuffled)"));
        emitted = combines;
    }

    private static PlanNode.StageInput stageInput(PlanNode.Aggregate aggregate) {
        return (PlanNode.StageInput) aggregate.input();
    }

    private static String calls(PlanNode.Aggregate aggregate) {
        return aggregate.calls().isEmpty()
                ? "emit it once"
                : aggregate.calls().stream()
                        .map(call -> call(call, aggregate))
                        .collect(Collectors.joining(", "));
    }

    private static String call(AggregateCall call, PlanNode.Aggregate aggregate) {
        String distinct = call.distinct() ? "distinct " : "";
        if (call.step().readsStates()) {
            return call.function();
        }
        String what = call.arguments().isEmpty() ? "*" : arguments(call, aggregate);
        String filter =
                call.filter() < 0 ? "" : " of those with " + argument(aggregate, call.filter());
        return call.function() + "(" + distinct + what + ")" + filter;
    }

    private static String arguments(AggregateCall call, PlanNode.Aggregate aggregate) {
        return call.arguments().stream()
                .map(column -> argument(aggregate, column))
                .collect(Collectors.joining(", "));
    }

    /** What an aggregate is given, as it was written where it is computed for it. */
    private static String argument(PlanNode.Aggregate aggregate, int column) {
        return ColumnWords.of(aggregate.input()).get(column);
    }

    private static String key(PlanNode.Aggregate aggregate) {
        return aggregate.keys().stream()
                .map(column -> argument(aggregate, column))
                .collect(Collectors.joining(", ", "key (", ")"));
    }

    private static String value(PlanNode.Aggregate aggregate) {
        String values =
                aggregate.calls().stream()
                        .map(call -> call.arguments().isEmpty() ? "1" : arguments(call, aggregate))
                        .distinct()
                        .collect(Collectors.joining(", "));
        return values.isEmpty() ? "no value" : "value (" + values + ")";
    }

    private void join(PlanNode node) {
        PlanNode left = node.inputs().get(0);
        PlanNode right = node.inputs().get(1);
        JoinWords words = JoinWords.of(node);
        if (words.leftKey() != null && isKeyed(left) && isKeyed(right)) {
            begin(
                    "reduce",
                    "for each key %s of stage %d and %s of stage %d, with the values of both"
                            .formatted(words.leftKey(), id(left), words.rightKey(), id(right)));
            add(words.pairs());
        } else if (node.kind() == PlanNode.Kind.MERGE_JOIN) {
            flow(right);
            flow(left);
            add("go through both in order of their keys: " + words.matches());
        } else {
            if (right instanceof PlanNode.StageInput input && !(isKeyed(right))) {
                begin("set up", "load all rows of stage %d into memory".formatted(input.stage()));
            } else {
                flow(right);
                add("put it into memory");
            }
            if (words.rightKey() != null) {
                add("as a table by key " + words.rightKey());
            }
            flow(left);
            String look = words.leftKey() == null ? "" : "look up %s in the table: ";
            add(look.formatted(words.leftKey()) + words.matches());
        }
        if (words.condition() != null && words.leftKey() != null) {
            add("a match must also have " + words.condition());
        }
    }

    private static PlanNode unsorted(PlanNode node) {
        return node instanceof PlanNode.Sort sort ? sort.input() : node;
    }

    private static boolean isKeyed(PlanNode side) {
        return unsorted(side) instanceof PlanNode.StageInput input && MapReduce.isKeyed(input);
    }

    private static int id(PlanNode side) {
        return ((PlanNode.StageInput) unsorted(side)).stage();
    }

    private void output() {
        Partitioning output = stage.output();
        Schema schema = stage.root().schema();
        String readers =
                PlanText.readers(stage, graph).stream()
                        .map(id -> "stage " + id)
                        .collect(Collectors.joining(" and "));
        if (output == null) {
            add("emit " + columns(stage.root()));
        } else if (output instanceof Partitioning.Hash hash) {
            String key = names(stage.root(), hash.keys());
            if (!emitted) {
                List<Integer> rest = new ArrayList<>();
                for (int i = 0; i < schema.size(); i++) {
                    if (!hash.keys().contains(i)) {
                        rest.add(i);
                    }
                }
                String value = rest.isEmpty() ? "no value" : "value " + names(stage.root(), rest);
                add("emit key %s, %s".formatted(key, value));
            }
            begin(
                    "shuffle",
                    "by %s to %d reduce tasks, %s".formatted(key, hash.partitions(), readers));
        } else if (output instanceof Partitioning.Single) {
            if (!emitted) {
                add("emit %s under one key for all".formatted(columns(stage.root())));
            }
            begin("shuffle", "to one reduce task, " + readers);
        } else if (output instanceof Partitioning.Spread) {
            add(
                    "emit %s to %s, the rows of a task together"
                            .formatted(columns(stage.root()), readers));
        } else {
            add("emit %s to every task of %s".formatted(columns(stage.root()), readers));
        }
    }

    private static String columns(PlanNode node) {
        List<String> names = ColumnWords.of(node);
        return names.isEmpty() ? "no columns" : "(" + String.join(", ", names) + ")";
    }

    private static String names(PlanNode node, List<Integer> columns) {
        List<String> names = ColumnWords.of(node);
        return columns.stream().map(names::get).collect(Collectors.joining(", ", "(", ")"));
    }
}
