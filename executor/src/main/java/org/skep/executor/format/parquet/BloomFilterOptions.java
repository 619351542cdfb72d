package org.skep.executor.format.parquet;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
import org.apache.parquet.io.api.Binary;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.error.Suggestion;

/**
 * Which columns of a file get Bloom filters: option {@code bloom_filters} names them, with commas
 * between them (a comma in a name is written {@code \,}); {@code bloom_filter_fpp} says how often a
 * value that is not there may seem to be ({@code bloom_filter_fpp.COLUMN} for one column), {@code
 * bloom_filter_bytes} how large the filter of a row group may become at most.
 */
final class BloomFilterOptions {
    private static final double USUAL_FPP = 0.01;
    private static final int USUAL_BYTES = 1 << 20;

    private final Map<Node, Double> columns = new IdentityHashMap<>();
    private final int mostBytes;

    /**
     * @throws QueryException INVALID_ARGUMENT when an option means nothing, COLUMN_NOT_FOUND
     */
    BloomFilterOptions(Map<String, String> options, List<Node> columnsOfTable) {
        List<Node> leaves = columnsOfTable.stream().filter(Node::isLeaf).toList();
        this.mostBytes =
                (int)
                        number(
                                "bloom_filter_bytes",
                                options.getOrDefault(
                                        "bloom_filter_bytes", Integer.toString(USUAL_BYTES)),
                                BlockSplitBloomFilter.LOWER_BOUND_BYTES,
                                BlockSplitBloomFilter.UPPER_BOUND_BYTES);
        String everywhere = options.getOrDefault("bloom_filter_fpp", Double.toString(USUAL_FPP));
        for (String written : options.getOrDefault("bloom_filters", "").split("(?<!\\\\),")) {
            String name = written.strip().replace("\\,", ",");
            if (name.isEmpty()) {
                continue;
            }
            Node leaf = leaf(name, leaves);
            String option = "bloom_filter_fpp." + written.strip();
            String fpp = options.getOrDefault(option, everywhere);
            columns.put(
                    leaf,
                    number(
                            options.containsKey(option) ? option : "bloom_filter_fpp",
                            fpp,
                            1e-9,
                            0.5));
        }
    }

    private static Node leaf(String name, List<Node> leaves) {
        String wanted = name.toLowerCase(Locale.ROOT);
        for (Node leaf : leaves) {
            if (leaf.name().toLowerCase(Locale.ROOT).equals(wanted)) {
                if (leaf.physical() == Physical.BOOLEAN) {
                    throw new QueryException(
                            ErrorCode.INVALID_ARGUMENT,
                            "a Bloom filter of column '%s' of type BOOLEAN would tell nothing"
                                    .formatted(leaf.name()),
                            "leave it out of bloom_filters");
                }
                return leaf;
            }
        }
        String near = Suggestion.hint(name, leaves.stream().map(Node::name).toList());
        throw new QueryException(
                ErrorCode.COLUMN_NOT_FOUND,
                "no column '%s' that could have a Bloom filter".formatted(name),
                near == null ? "columns of plain types can have one" : near);
    }

    private static double number(String option, String text, double least, double most) {
        try {
            double number = Double.parseDouble(text.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // said below, with the bounds
        }
        throw new QueryException(
                ErrorCode.INVALID_ARGUMENT,
                "%s cannot be '%s'".formatted(option, text),
                "%s is a number from %s to %s".formatted(option, plain(least), plain(most)));
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    /**
     * The Bloom filter of the values of a column chunk.
     *
     * @param dictionary of the values, or null
     * @return null when none is wanted
     */
    BlockSplitBloomFilter filter(LeafBuffer buffer, DictionaryBuilder dictionary) {
        Double fpp = columns.get(buffer.leaf);
        if (fpp == null) {
            return null;
        }
        int distinct = Math.max(1, dictionary == null ? buffer.present : dictionary.entries());
        int bits = BlockSplitBloomFilter.optimalNumOfBits(distinct, fpp);
        BlockSplitBloomFilter filter = new BlockSplitBloomFilter(bits / 8, mostBytes);
        if (dictionary == null) {
            for (int i = 0; i < buffer.present; i++) {
                filter.insertHash(hash(filter, buffer.values, i));
            }
        } else {
            for (int entry = 0; entry < dictionary.entries(); entry++) {
                filter.insertHash(hash(filter, buffer.values, dictionary.firsts()[entry]));
            }
        }
        return filter;
    }

    /** Of the value as PLAIN would write it. */
    private static long hash(BlockSplitBloomFilter filter, Values values, int i) {
        return switch (values.kind) {
            case INT32 -> filter.hash(values.ints[i]);
            case INT64 -> filter.hash(values.longs[i]);
            case FLOAT -> filter.hash((float) values.doubles[i]);
            case DOUBLE -> filter.hash(values.doubles[i]);
            case BYTE_ARRAY, FIXED, INT96 ->
                    filter.hash(
                            Binary.fromConstantByteArray(
                                    values.data, values.starts[i], values.lengths[i]));
            case BOOLEAN -> throw new IllegalArgumentException("no Bloom filter of booleans");
        };
    }
}
