package org.skep.cluster;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.skep.executor.exchange.BatchSource;
import org.skep.model.data.Batch;
import org.skep.model.type.Type;

/** Blocks of a checkpoint, in the order in which they were written. */
final class CheckpointBlocks implements BatchSource {
    /** Encoded bytes that are read at a time, at most, but for a block that is longer. */
    private static final long WINDOW = 4L << 20;

    /** The length of a block, and of the block what tells its rows. */
    private static final int HEAD = Integer.BYTES + 3 * Integer.BYTES;

    /**
     * Where a block lies.
     *
     * @param at of its first byte
     */
    private record Place(CheckpointFile file, long at, int length, int rows) {}

    private final List<Type> types;
    private final Predicate<Block> wanted;
    private final List<Place> places;
    private final Queue<Block> fetched = new ArrayDeque<>();
    private int next;

    private CheckpointBlocks(List<Type> types, List<Place> places, Predicate<Block> wanted) {
        this.types = types;
        this.places = places;
        this.wanted = wanted;
    }

    static CheckpointBlocks of(
            StageProgram.Input input, IntPredicate partitions, Predicate<Block> wanted) {
        return new CheckpointBlocks(input.types(), places(input, partitions), wanted);
    }

    /** One of some shares of about as many rows. */
    static CheckpointBlocks slice(
            StageProgram.Input input, IntPredicate partitions, int slice, int slices) {
        List<Place> mine = Block.share(places(input, partitions), Place::rows, slice, slices);
        return new CheckpointBlocks(input.types(), mine, block -> true);
    }

    private static List<Place> places(StageProgram.Input input, IntPredicate partitions) {
        List<Place> places = new ArrayList<>();
        for (CheckpointFile file : input.files()) {
            if (partitions.test(file.partition())) {
                addPlaces(file, places);
            }
        }
        return places;
    }

    private static void addPlaces(CheckpointFile file, List<Place> places) {
        try (FileChannel in = FileChannel.open(Path.of(file.path()))) {
            long end = in.size();
            for (long at = 0; at < end; ) {
                ByteBuffer head = read(in, at, HEAD);
                int length = head.getInt(0);
                places.add(new Place(file, at + Integer.BYTES, length, head.getInt(HEAD - 4)));
                at += Integer.BYTES + length;
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    @Override
    public Batch next() {
        while (true) {
            for (Block block = fetched.poll(); block != null; block = fetched.poll()) {
                if (wanted.test(block)) {
                    return block.batch(types);
                }
            }
            if (next >= places.size()) {
                return null;
            }
            fetch();
        }
    }

    /** Reads neighbouring blocks of one file. */
    private void fetch() {
        CheckpointFile file = places.get(next).file;
        try (FileChannel in = FileChannel.open(Path.of(file.path()))) {
            Iterator<Place> left = places.subList(next, places.size()).iterator();
            long bytes = 0;
            while (left.hasNext()) {
                Place place = left.next();
                if (!place.file.equals(file) || bytes > 0 && bytes + place.length > WINDOW) {
                    return;
                }
                fetched.add(Block.of(file.partition(), read(in, place.at, place.length).array()));
                bytes += place.length;
                next++;
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static ByteBuffer read(FileChannel in, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (in.read(bytes, at + bytes.position()) < 0) {
                throw new EOFException("ends at %d".formatted(at + bytes.position()));
            }
        }
        return bytes;
    }

    private static UncheckedIOException unreadable(CheckpointFile file, IOException e) {
        return new UncheckedIOException("cannot read the checkpoint " + file.path(), e);
    }
}
