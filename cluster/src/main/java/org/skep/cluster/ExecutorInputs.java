package org.skep.cluster;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.apache.spark.TaskContext;
import org.skep.executor.exchange.BatchSource;
import org.skep.executor.exchange.StageOutputs;

/**
 * What a task reads of earlier stages: what came with its program, from files, or by Spark's
 * shuffle.
 */
final class ExecutorInputs implements StageOutputs {
    private final Map<Integer, StageProgram.Input> inputs;
    private final TaskContext task;

    ExecutorInputs(Map<Integer, StageProgram.Input> inputs, TaskContext task) {
        this.inputs = inputs;
        this.task = task;
    }

    @Override
    public BatchSource read(int stage, int from, int to, List<List<Object>> unwanted) {
        StageProgram.Input input = input(stage);
        Set<List<Object>> left = new HashSet<>(unwanted);
        Predicate<Block> wanted = block -> block.key() == null || !left.contains(block.key());
        if (input.isInFiles()) {
            return CheckpointBlocks.of(input, part -> from <= part && part < to, wanted);
        }
        return input.held() == null
                ? new ShuffleBlocks(input, task, List.of(new ShuffleBlocks.Range(from, to)), wanted)
                : input.held()
                        .value()
                        .read(
                                input.types(),
                                block ->
                                        from <= block.partition()
                                                && block.partition() < to
                                                && wanted.test(block));
    }

    @Override
    public BatchSource readWhole(int stage, List<Integer> partitions) {
        StageProgram.Input input = input(stage);
        if (input.isInFiles()) {
            return CheckpointBlocks.of(input, among(partitions), block -> true);
        }
        return input.held() == null
                ? new ShuffleBlocks(input, task, ranges(input, partitions), block -> true)
                : input.held().value().read(input.types(), in(partitions));
    }

    @Override
    public BatchSource readSlice(int stage, List<Integer> partitions, int slice, int slices) {
        StageProgram.Input input = input(stage);
        if (input.isInFiles()) {
            return CheckpointBlocks.slice(input, among(partitions), slice, slices);
        }
        return input.held() == null
                ? ShuffleBlocks.slice(input, task, ranges(input, partitions), slice, slices)
                : input.held().value().slice(input.types(), in(partitions), slice, slices);
    }

    private static Predicate<Block> in(List<Integer> partitions) {
        IntPredicate among = among(partitions);
        return block -> among.test(block.partition());
    }

    private static IntPredicate among(List<Integer> partitions) {
        return partition -> partitions == null || partitions.contains(partition);
    }

    private StageProgram.Input input(int stage) {
        StageProgram.Input input = inputs.get(stage);
        if (input == null) {
            throw new IllegalArgumentException("stage " + stage + " has not run");
        }
        return input;
    }

    private static List<ShuffleBlocks.Range> ranges(
            StageProgram.Input input, List<Integer> partitions) {
        if (partitions == null) {
            return List.of(new ShuffleBlocks.Range(0, input.partitions()));
        }
        List<ShuffleBlocks.Range> ranges = new ArrayList<>();
        for (int partition : partitions.stream().distinct().sorted().toList()) {
            int last = ranges.size() - 1;
            if (last >= 0 && ranges.get(last).to() == partition) {
                ranges.set(last, new ShuffleBlocks.Range(ranges.get(last).from(), partition + 1));
            } else {
                ranges.add(new ShuffleBlocks.Range(partition, partition + 1));
            }
        }
        return ranges;
    }
}
