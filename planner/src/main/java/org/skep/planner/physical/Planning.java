package org.skep.planner.physical;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.skep.model.plan.Expr;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;
import org.skep.model.settings.Settings;
import org.skep.model.spi.FileInspector;
import org.skep.model.spi.FunctionRegistry;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.parser.CalciteTypes;
import org.skep.planner.estimate.Estimate;
import org.skep.planner.estimate.Estimator;
import org.skep.planner.expr.ToExpr;
import org.skep.planner.why.Choices;

/** What all decisions of physical planning have at hand, and the few steps they share. */
record Planning(
        ToExpr toExpr,
        FunctionRegistry functions,
        FileInspector files,
        Settings settings,
        Estimator estimator,
        Choices choices) {
    /** Into how many tasks the executor shares a scan. */
    private static final int SHARES_PER_THREAD = 4;

    Estimate estimate(RelNode node) {
        return estimator.of(node);
    }

    static Schema schema(RelNode node) {
        List<Field> fields = new ArrayList<>();
        for (RelDataTypeField field : node.getRowType().getFieldList()) {
            fields.add(
                    new Field(
                            field.getName(),
                            CalciteTypes.fromCalcite(field.getType()),
                            field.getType().isNullable()));
        }
        return new Schema(fields);
    }

    /** All rows in one task. */
    static Part single(Part part) {
        if (part.distribution() instanceof Distribution.Single) {
            return part;
        }
        PlanNode exchange = new PlanNode.Exchange(part.node(), new Partitioning.Single());
        return new Part(exchange, Distribution.SINGLE, part.estimate());
    }

    /** Rows with equal keys in one task of {@code partitions}. */
    static Part hashed(Part part, List<Integer> keys, int partitions) {
        if (partitions == 1) {
            return single(part);
        }
        PlanNode exchange =
                new PlanNode.Exchange(part.node(), new Partitioning.Hash(keys, partitions));
        return new Part(exchange, new Distribution.Hashed(keys, partitions), part.estimate());
    }

    static PlanNode broadcast(PlanNode node) {
        return new PlanNode.Exchange(node, new Partitioning.Broadcast());
    }

    /** Rows that are computed once and read several times, by several tasks where they are many. */
    Part once(Part rows) {
        int partitions =
                rows.distribution() instanceof Distribution.Single
                        ? 1
                        : partitions(rows.estimate().bytes());
        boolean whole = partitions == 1;
        Partitioning kept = whole ? new Partitioning.Single() : new Partitioning.Spread(partitions);
        return new Part(
                new PlanNode.Exchange(rows.node(), kept),
                whole ? Distribution.SINGLE : Distribution.ARBITRARY,
                rows.estimate());
    }

    /** How many reduce tasks suit so many bytes. */
    int partitions(double bytes) {
        if (settings.shufflePartitions() > 0) {
            return settings.shufflePartitions();
        }
        int bySize = (int) Math.min(1024, Math.ceil(bytes / settings.partitionBytes()));
        return bySize <= 1 ? 1 : Math.max(bySize, 2 * settings.threads());
    }

    /** Tasks of the stage that a node is in, about; 0 when every task has its rows whole. */
    int tasks(PlanNode node) {
        return switch (node.kind()) {
            case SCAN -> {
                PlanNode.Scan scan = (PlanNode.Scan) node;
                int most = SHARES_PER_THREAD * settings.threads();
                yield scan.tasks() == null
                        ? Math.min(scan.splits().size(), most)
                        : scan.tasks().ends().size();
            }
            case EXCHANGE -> {
                Partitioning partitioning = ((PlanNode.Exchange) node).partitioning();
                yield partitioning instanceof Partitioning.Broadcast ? 0 : partitioning.count();
            }
            case UNION -> node.inputs().stream().mapToInt(this::tasks).sum();
            default -> Math.max(1, node.inputs().stream().mapToInt(this::tasks).max().orElse(1));
        };
    }

    /** A projection, unless it would change nothing; one that only chooses goes through another. */
    static Part project(Part part, List<Expr> expressions, Schema schema) {
        if (part.node() instanceof PlanNode.Project below
                && !(part.distribution() instanceof Distribution.Hashed)
                && isChoice(expressions)
                && isChoice(below.expressions())) {
            List<Expr> through = new ArrayList<>();
            for (Expr expression : expressions) {
                through.add(below.expressions().get(((Expr.Input) expression).column()));
            }
            return project(
                    new Part(below.input(), part.distribution(), part.estimate()), through, schema);
        }
        int[] at = new int[part.node().schema().size()];
        java.util.Arrays.fill(at, -1);
        boolean same = expressions.size() == at.length;
        for (int i = 0; i < expressions.size(); i++) {
            if (expressions.get(i) instanceof Expr.Input input) {
                same &= input.column() == i;
                if (at[input.column()] < 0) {
                    at[input.column()] = i;
                }
            } else {
                same = false;
            }
        }
        if (same && schema.names().equals(part.node().schema().names())) {
            return part;
        }
        return new Part(
                new PlanNode.Project(part.node(), expressions, schema),
                part.distribution().moved(at),
                part.estimate());
    }

    private static boolean isChoice(List<Expr> expressions) {
        return expressions.stream().allMatch(Expr.Input.class::isInstance);
    }

    /** References to the columns {@code from} to before {@code to} of a schema. */
    static List<Expr> inputs(Schema schema, int from, int to) {
        List<Expr> inputs = new ArrayList<>();
        for (int i = from; i < to; i++) {
            inputs.add(new Expr.Input(i, schema.type(i)));
        }
        return inputs;
    }

    /** The part with computed columns behind its own ones. */
    static Part extended(Part part, List<Expr> computed) {
        if (computed.isEmpty()) {
            return part;
        }
        Schema schema = part.node().schema();
        List<Expr> all = inputs(schema, 0, schema.size());
        List<Field> fields = new ArrayList<>(schema.fields());
        for (int i = 0; i < computed.size(); i++) {
            all.add(computed.get(i));
            fields.add(new Field("$" + (schema.size() + i), computed.get(i).type()));
        }
        return project(part, all, new Schema(fields));
    }
}
