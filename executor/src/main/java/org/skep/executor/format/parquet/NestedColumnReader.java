package org.skep.executor.format.parquet;

import java.util.List;
import org.skep.model.data.ArrayColumn;
import org.skep.model.data.Bits;
import org.skep.model.data.Column;
import org.skep.model.data.StructColumn;

/**
 * Reads a column of arrays, maps and structs: the record assembly of Melnik and others, "Dremel"
 * (VLDB 2010), but by column. A node of the shape has one slot for each entry that begins it (its
 * repetition level is no deeper than the node) where its parent element exists (by the definition
 * level); every node finds its slots in the entries of some leaf below it.
 */
final class NestedColumnReader implements ColumnReader {
    private final Shape shape;
    private final List<LeafEntries> leaves;
    private long skipped;

    NestedColumnReader(Shape shape, List<LeafEntries> leaves) {
        this.shape = shape;
        this.leaves = leaves;
    }

    @Override
    public void start(int rowGroup) {
        skipped = 0;
        leaves.forEach(leaf -> leaf.start(rowGroup));
    }

    @Override
    public void skip(long rows) {
        skipped += rows;
    }

    @Override
    public Column read(int rows, int[] selected, int count) {
        while (skipped > 0) {
            int take = (int) Math.min(skipped, 2048);
            leaves.forEach(leaf -> leaf.read(take));
            skipped -= take;
        }
        leaves.forEach(leaf -> leaf.read(rows));
        Column column = assemble(shape, 0, 0);
        if (column.rows() != rows) {
            throw shape.leaf()
                    .place()
                    .corrupt("%d rows where %d were expected".formatted(column.rows(), rows));
        }
        return selected == null ? column : column.gather(selected, count);
    }

    /**
     * @param repetition of the slots, at most
     * @param existing the definition level from which there is a slot
     */
    private static Column assemble(Shape shape, int repetition, int existing) {
        return switch (shape.kind()) {
            case LEAF -> leaf(shape, existing);
            case LIST -> list(shape, repetition, existing);
            case STRUCT -> struct(shape, repetition, existing);
            case MISSING -> throw new IllegalStateException("a missing member has no entries");
        };
    }

    private static Column leaf(Shape shape, int existing) {
        LeafEntries leaf = shape.leaf();
        int[] definitions = leaf.definitions;
        int[] positions = new int[leaf.entries];
        int slots = 0;
        int value = 0;
        for (int i = 0; i < leaf.entries; i++) {
            if (definitions[i] >= existing) {
                positions[slots++] = definitions[i] == leaf.definitionOfValues() ? value++ : -1;
            }
        }
        Column values = leaf.values();
        return value == slots ? values : values.gather(positions, slots).flat();
    }

    private static Column list(Shape shape, int repetition, int existing) {
        LeafEntries leaf = shape.leaf();
        int[] repetitions = leaf.repetitions;
        int[] definitions = leaf.definitions;
        int slots = slots(leaf, repetition, existing);
        int[] starts = new int[slots];
        int[] lengths = new int[slots];
        long[] validity = new long[Bits.words(slots)];
        int slot = -1;
        int elements = 0;
        for (int i = 0; i < leaf.entries; i++) {
            if (repetitions[i] <= repetition && definitions[i] >= existing) {
                slot++;
                starts[slot] = elements;
                if (definitions[i] >= shape.definition()) {
                    Bits.set(validity, slot);
                }
            }
            if (repetitions[i] <= shape.elementRepetition()
                    && definitions[i] >= shape.elementDefinition()) {
                if (slot < 0) {
                    throw leaf.place().corrupt("an element without a list");
                }
                lengths[slot]++;
                elements++;
            }
        }
        Column child =
                assemble(
                        shape.children().get(0),
                        shape.elementRepetition(),
                        shape.elementDefinition());
        if (child.rows() != elements) {
            throw leaf.place().corrupt("columns of one list with different lengths");
        }
        return new ArrayColumn(
                shape.type(), starts, lengths, child, slots, Bits.orNull(validity, slots));
    }

    private static Column struct(Shape shape, int repetition, int existing) {
        LeafEntries leaf = shape.leaf();
        int slots = slots(leaf, repetition, existing);
        long[] validity = new long[Bits.words(slots)];
        int slot = 0;
        for (int i = 0; i < leaf.entries; i++) {
            if (leaf.repetitions[i] <= repetition && leaf.definitions[i] >= existing) {
                if (leaf.definitions[i] >= shape.definition()) {
                    Bits.set(validity, slot);
                }
                slot++;
            }
        }
        Column[] members = new Column[shape.children().size()];
        for (int i = 0; i < members.length; i++) {
            Shape member = shape.children().get(i);
            members[i] =
                    member.kind() == Shape.Kind.MISSING
                            ? Column.nulls(member.type(), slots).flat()
                            : assemble(member, repetition, existing);
            if (members[i].rows() != slots) {
                throw leaf.place().corrupt("members of one struct with different lengths");
            }
        }
        return new StructColumn(shape.type(), members, slots, Bits.orNull(validity, slots));
    }

    private static int slots(LeafEntries leaf, int repetition, int existing) {
        int slots = 0;
        for (int i = 0; i < leaf.entries; i++) {
            if (leaf.repetitions[i] <= repetition && leaf.definitions[i] >= existing) {
                slots++;
            }
        }
        return slots;
    }
}
