package org.skep.cluster;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.spark.TaskContext;
import org.skep.executor.exchange.BatchSource;
import org.skep.executor.exchange.StageOutputs;
import org.skep.model.data.Batch;
import scala.Product2;

/**
 * What a task reads of earlier stages, through Spark's shuffle. Spark fetches blocks in any order,
 * so those of a few neighbouring tasks are fetched at a time, kept as they came, and put in order.
 */
final class ShuffleOutputs implements StageOutputs {
    /** Encoded bytes that are fetched at a time, about; at least the blocks of one task. */
    private static final long WINDOW = 16L << 20;

    private static final Comparator<Block> AS_WRITTEN =
            Comparator.comparingInt(Block::task)
                    .thenComparingInt(Block::partition)
                    .thenComparingInt(Block::place);

    private final Map<Integer, StageProgram.Input> inputs;
    private final TaskContext task;

    ShuffleOutputs(Map<Integer, StageProgram.Input> inputs, TaskContext task) {
        this.inputs = inputs;
        this.task = task;
    }

    /** Neighbouring partitions. */
    private record Range(int from, int to) {}

    @Override
    public BatchSource read(int stage, int from, int to, List<List<Object>> unwanted) {
        StageProgram.Input input = input(stage);
        Set<List<Object>> left = new HashSet<>(unwanted);
        return new Blocks(
                input,
                List.of(new Range(from, to)),
                0,
                input.maps(),
                block -> block.key() == null || !left.contains(block.key()));
    }

    @Override
    public BatchSource readWhole(int stage, List<Integer> partitions) {
        StageProgram.Input input = input(stage);
        return new Blocks(input, ranges(input, partitions), 0, input.maps(), block -> true);
    }

    @Override
    public BatchSource readSlice(int stage, List<Integer> partitions, int slice, int slices) {
        StageProgram.Input input = input(stage);
        long[] rows = input.slices().get(partitions);
        if (rows == null) {
            throw new IllegalArgumentException(
                    "stage %d is not cut by partitions %s".formatted(stage, partitions));
        }
        long total = 1;
        for (long each : rows) {
            total += each;
        }
        total = Math.max(1, total - 1);
        int first = 0;
        long before = 0;
        while (first < rows.length && (before + rows[first]) * slices / total < slice) {
            before += rows[first++];
        }
        int last = first;
        long passed = before;
        while (last < rows.length && passed * slices / total <= slice) {
            passed += rows[last++];
        }
        return new Blocks(
                input,
                ranges(input, partitions),
                first,
                last,
                inSlice(before, total, slice, slices));
    }

    /** A block belongs to the slice in which its middle row is; to be asked in order. */
    private static Predicate<Block> inSlice(long before, long total, int slice, int slices) {
        long[] passed = {before};
        return block -> {
            long middle = passed[0] + block.rows() / 2;
            passed[0] += block.rows();
            return middle * slices / total == slice;
        };
    }

    private StageProgram.Input input(int stage) {
        StageProgram.Input input = inputs.get(stage);
        if (input == null) {
            throw new IllegalArgumentException("stage " + stage + " has not run");
        }
        return input;
    }

    private static List<Range> ranges(StageProgram.Input input, List<Integer> partitions) {
        if (partitions == null) {
            return List.of(new Range(0, input.partitions()));
        }
        List<Range> ranges = new ArrayList<>();
        for (int partition : partitions.stream().distinct().sorted().toList()) {
            int last = ranges.size() - 1;
            if (last >= 0 && ranges.get(last).to == partition) {
                ranges.set(last, new Range(ranges.get(last).from, partition + 1));
            } else {
                ranges.add(new Range(partition, partition + 1));
            }
        }
        return ranges;
    }

    /** The blocks of some tasks and partitions, in the order in which they were written. */
    private final class Blocks implements BatchSource {
        private final StageProgram.Input input;
        private final List<Range> ranges;
        private final int end;
        private final Predicate<Block> wanted;
        private final Queue<Block> fetched = new ArrayDeque<>();
        private int next;
        private long[] sizes; // by task; null until the first are fetched

        Blocks(
                StageProgram.Input input,
                List<Range> ranges,
                int from,
                int to,
                Predicate<Block> wanted) {
            this.input = input;
            this.ranges = ranges;
            this.next = from;
            this.end = to;
            this.wanted = wanted;
        }

        @Override
        public Batch next() {
            while (true) {
                for (Block block = fetched.poll(); block != null; block = fetched.poll()) {
                    if (wanted.test(block)) {
                        return block.batch(input.types());
                    }
                }
                if (next >= end) {
                    return null;
                }
                fetch();
            }
        }

        private void fetch() {
            if (sizes == null) {
                sizes = new long[input.maps()];
                for (Range range : ranges) {
                    long[] more =
                            SparkCalls.sizes(input.handle(), input.maps(), range.from, range.to);
                    for (int i = 0; i < sizes.length; i++) {
                        sizes[i] += more[i];
                    }
                }
            }
            int from = next;
            long bytes = 0;
            do {
                bytes += sizes[next++];
            } while (next < end && bytes + sizes[next] <= WINDOW);
            List<Block> blocks = new ArrayList<>();
            if (bytes > 0) {
                for (Range range : ranges) {
                    Iterator<? extends Product2<Integer, byte[]>> all =
                            SparkCalls.read(input.handle(), from, next, range.from, range.to, task);
                    while (all.hasNext()) {
                        Product2<Integer, byte[]> each = all.next();
                        blocks.add(Block.of(each._1(), each._2()));
                    }
                }
            }
            blocks.sort(AS_WRITTEN);
            fetched.addAll(blocks);
        }
    }
}
