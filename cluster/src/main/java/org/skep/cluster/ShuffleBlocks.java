package org.skep.cluster;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Predicate;
import org.apache.spark.TaskContext;
import org.skep.executor.exchange.BatchSource;
import org.skep.model.data.Batch;
import scala.Product2;

/**
 * Blocks of a shuffle, in the order in which they were written. Spark fetches them in any order, so
 * those of a few neighbouring tasks are fetched at a time, kept as they came, and put in order.
 */
final class ShuffleBlocks implements BatchSource {
    /** Encoded bytes that are fetched at a time, about; at least the blocks of one task. */
    private static final long WINDOW = 16L << 20;

    /** Neighbouring partitions. */
    record Range(int from, int to) {}

    private final StageProgram.Input input;
    private final TaskContext task;
    private final List<Range> ranges;
    private final Predicate<Block> wanted;
    private final Queue<Block> fetched = new ArrayDeque<>();
    private long[] sizes; // by task; null until the first are fetched
    private Share share; // null for all
    private int next;

    ShuffleBlocks(
            StageProgram.Input input,
            TaskContext task,
            List<Range> ranges,
            Predicate<Block> wanted) {
        this.input = input;
        this.task = task;
        this.ranges = ranges;
        this.wanted = wanted;
    }

    /** One of some shares of about as many encoded bytes. */
    static ShuffleBlocks slice(
            StageProgram.Input input, TaskContext task, List<Range> ranges, int slice, int slices) {
        ShuffleBlocks blocks = new ShuffleBlocks(input, task, ranges, block -> true);
        blocks.sizes = blocks.sizes();
        blocks.share = new Share(blocks.sizes, slice, slices);
        return blocks;
    }

    @Override
    public Batch next() {
        while (true) {
            for (Block block = fetched.poll(); block != null; block = fetched.poll()) {
                if (wanted.test(block)) {
                    return block.batch(input.types());
                }
            }
            if (next >= input.maps()) {
                return null;
            }
            fetch();
        }
    }

    private long[] sizes() {
        long[] all = new long[input.maps()];
        for (Range range : ranges) {
            long[] more = SparkCalls.sizes(input.handle(), input.maps(), range.from(), range.to());
            for (int i = 0; i < all.length; i++) {
                all[i] += more[i];
            }
        }
        return all;
    }

    private void fetch() {
        if (sizes == null) {
            sizes = sizes();
        }
        while (next < sizes.length && !isRead(next)) {
            next++;
        }
        int from = next;
        long bytes = 0;
        while (next < sizes.length
                && (!isRead(next) || bytes == 0 || bytes + sizes[next] <= WINDOW)) {
            bytes += isRead(next) ? sizes[next] : 0;
            next++;
        }
        if (bytes == 0) {
            return;
        }
        List<Block> blocks = new ArrayList<>();
        for (Range range : ranges) {
            Iterator<? extends Product2<Integer, byte[]>> all =
                    SparkCalls.read(input.handle(), from, next, range.from(), range.to(), task);
            while (all.hasNext()) {
                Product2<Integer, byte[]> each = all.next();
                blocks.add(Block.of(each._1(), each._2()));
            }
        }
        blocks.sort(Block.AS_WRITTEN);
        fetched.addAll(share == null ? blocks : share.of(blocks));
    }

    private boolean isRead(int map) {
        return sizes[map] > 0 && (share == null || share.touches(map));
    }

    /**
     * A share of a shuffle's rows: each task's are spread over as much of the whole as its encoded
     * bytes make, and a block belongs where its middle row lies. All readers know the same sizes of
     * Spark, so that each block has one.
     */
    private static final class Share {
        private final long[] starts; // of each task's bytes, and the end
        private final int slice;
        private final int slices;

        Share(long[] sizes, int slice, int slices) {
            this.starts = new long[sizes.length + 1];
            for (int i = 0; i < sizes.length; i++) {
                starts[i + 1] = starts[i] + sizes[i];
            }
            this.slice = slice;
            this.slices = slices;
        }

        boolean touches(int map) {
            return sliceAt(starts[map]) <= slice && slice <= sliceAt(starts[map + 1]);
        }

        private int sliceAt(double place) {
            double total = Math.max(1, starts[starts.length - 1]);
            return Math.min(slices - 1, (int) (place / total * slices));
        }

        /** Those of the blocks, which are all of their tasks and in order, that belong to it. */
        List<Block> of(List<Block> blocks) {
            Map<Integer, Long> rows = new HashMap<>();
            blocks.forEach(block -> rows.merge(block.task(), (long) block.rows(), Long::sum));
            List<Block> mine = new ArrayList<>();
            int map = -1;
            long passed = 0;
            for (Block block : blocks) {
                passed = block.task() == map ? passed : 0;
                map = block.task();
                double middle = (passed + block.rows() / 2.0) / Math.max(1, rows.get(map));
                passed += block.rows();
                if (sliceAt(starts[map] + middle * (starts[map + 1] - starts[map])) == slice) {
                    mine.add(block);
                }
            }
            return mine;
        }
    }
}
