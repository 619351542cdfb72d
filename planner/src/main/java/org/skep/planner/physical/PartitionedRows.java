package org.skep.planner.physical;

import java.util.ArrayList;
import java.util.List;
import org.skep.model.file.PartitionKey;
import org.skep.model.plan.Expr;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.SortKey;
import org.skep.model.settings.Settings;
import org.skep.model.spi.FunctionRegistry;
import org.skep.model.spi.FunctionRegistry.Signature;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;
import org.skep.planner.expr.Casts;

/**
 * Rows of a table with the values of its partition keys behind them, and exchanged by these: all
 * rows of a partition come to one task, so that it writes few files and not one per task.
 */
public final class PartitionedRows {
    private static final int PARTITIONS_PER_THREAD = 4;

    private PartitionedRows() {}

    public static PlanNode of(
            PlanNode rows, List<PartitionKey> keys, FunctionRegistry functions, Settings settings) {
        if (keys.isEmpty()) {
            return rows;
        }
        Schema table = rows.schema();
        List<Expr> row = new ArrayList<>(Planning.inputs(table, 0, table.size()));
        List<Field> fields = new ArrayList<>(table.fields());
        List<Integer> places = new ArrayList<>();
        for (PartitionKey key : keys) {
            Expr column = new Expr.Input(key.column(), table.type(key.column()));
            Expr value = value(key, column, functions);
            places.add(row.size());
            row.add(value);
            fields.add(new Field(key.name(), value.type()));
        }
        PlanNode keyed = new PlanNode.Project(rows, row, new Schema(fields));
        if (keys.stream().allMatch(key -> isConstant(rows, key))) {
            return keyed; // one partition: whoever has its rows writes them
        }
        int partitions =
                settings.shufflePartitions() > 0
                        ? settings.shufflePartitions()
                        : PARTITIONS_PER_THREAD * settings.threads();
        return new PlanNode.Exchange(keyed, new Partitioning.Hash(places, partitions));
    }

    /**
     * Rows sorted by their partition, so that few files are open at once, and in it by the keys.
     *
     * @param columns of the table; partition values follow them
     * @param keys none for rows as they come
     */
    public static PlanNode sorted(PlanNode rows, int columns, List<SortKey> keys) {
        if (keys.isEmpty()) {
            return rows;
        }
        List<SortKey> all = new ArrayList<>();
        for (int value = columns; value < rows.schema().size(); value++) {
            all.add(new SortKey(value, true, true));
        }
        all.addAll(keys);
        return new PlanNode.Sort(rows, all);
    }

    private static boolean isConstant(PlanNode rows, PartitionKey key) {
        return rows instanceof PlanNode.Project project
                && project.expressions().get(key.column()) instanceof Expr.Literal;
    }

    private static Expr value(PartitionKey key, Expr column, FunctionRegistry functions) {
        Expr width = new Expr.Literal(key.width(), Type.INTEGER);
        return switch (key.transform()) {
            case IDENTITY -> column;
            case YEARS -> call("years", List.of(column), functions);
            case MONTHS -> call("months", List.of(column), functions);
            case DAYS -> call("days", List.of(column), functions);
            case HOURS -> call("hours", List.of(column), functions);
            case BUCKET -> call("bucket", List.of(width, column), functions);
            case TRUNCATE -> {
                Expr cut = call("partition_truncate", List.of(width, column), functions);
                yield Casts.to(cut, column.type());
            }
        };
    }

    private static Expr call(String name, List<Expr> inputs, FunctionRegistry functions) {
        List<Type> types = inputs.stream().map(Expr::type).toList();
        Signature signature =
                functions
                        .scalar(name, types)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "no %s of %s".formatted(name, types)));
        List<Expr> arguments = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            arguments.add(Casts.to(inputs.get(i), signature.parameters().get(i)));
        }
        return new Expr.Call(signature.name(), arguments, signature.result());
    }
}
