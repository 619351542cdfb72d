package org.skep.cluster;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.skep.executor.exchange.BatchSource;
import org.skep.executor.exchange.ChunkOutput;
import org.skep.model.data.Batch;
import org.skep.model.type.Type;
import scala.Tuple2;

/**
 * The whole output of a stage that put out little. It lies on the driver and goes with the program
 * of the stages that read it, so that they wait for no shuffle, and that no executor's loss loses
 * it.
 *
 * @param tasks the blocks of each task that gave any, in the order of tasks, as they were written
 */
record HeldOutput(List<List<Tuple2<Integer, byte[]>>> tasks) implements Serializable {
    HeldOutput {
        // of a kind that Java serialises
        tasks = new ArrayList<>(tasks);
    }

    /** The rows of the blocks that are wanted, in the order of tasks, partitions, writing. */
    BatchSource read(List<Type> types, Predicate<Block> wanted) {
        return source(types, blocks(wanted));
    }

    /** One of some shares of about as many rows. */
    BatchSource slice(List<Type> types, Predicate<Block> of, int slice, int slices) {
        return source(types, Block.share(blocks(of), Block::rows, slice, slices));
    }

    private static BatchSource source(List<Type> types, List<Block> blocks) {
        Iterator<Block> left = blocks.iterator();
        return new BatchSource() {
            @Override
            public Batch next() {
                return left.hasNext() ? left.next().batch(types) : null;
            }
        };
    }

    /** Writes what one of the tasks has put out to a place in this process. */
    void writeTo(ChunkOutput output, int task, List<Type> types) {
        for (Block block : blocks(tasks.get(task))) {
            Batch batch = block.batch(types);
            output.add(block.partition(), batch, block.key(), batch.bytes());
        }
    }

    private List<Block> blocks(Predicate<Block> wanted) {
        List<Block> all = new ArrayList<>();
        tasks.forEach(task -> all.addAll(blocks(task)));
        all.removeIf(wanted.negate());
        return all;
    }

    private static List<Block> blocks(List<Tuple2<Integer, byte[]>> task) {
        List<Block> blocks = new ArrayList<>();
        task.forEach(block -> blocks.add(Block.of(block._1(), block._2())));
        blocks.sort(Block.AS_WRITTEN);
        return blocks;
    }
}
