package org.skep.executor.format.parquet;

import java.util.Arrays;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.Statistics;
import org.skep.model.type.Type;

/** Ranges of columns from the statistics of row groups and of pages. */
final class Ranges {
    private Ranges() {}

    /** The range of a leaf that is not nested, in a row group. */
    static ColumnRange of(Footer footer, int rowGroup, Node leaf, Conversion conversion) {
        ColumnMetaData chunk = footer.chunk(rowGroup, leaf);
        long rows = footer.rowGroup(rowGroup).getNum_rows();
        Statistics statistics = chunk.getStatistics();
        if (statistics == null) {
            return ColumnRange.unknown(conversion.type(), rows);
        }
        long nulls = nulls(statistics, leaf, rows);
        byte[] min = null;
        byte[] max = null;
        boolean exact = true;
        if (statistics.isSetMin_value() && statistics.isSetMax_value()) {
            if (hasTypeOrder(footer, leaf)) {
                min = statistics.getMin_value();
                max = statistics.getMax_value();
                exact =
                        statistics.isSetIs_min_value_exact()
                                && statistics.isIs_min_value_exact()
                                && statistics.isSetIs_max_value_exact()
                                && statistics.isIs_max_value_exact();
            }
        } else if (statistics.isSetMin() && statistics.isSetMax()) {
            boolean signed = isSigned(leaf);
            if (signed || Arrays.equals(statistics.getMin(), statistics.getMax())) {
                min = statistics.getMin();
                max = statistics.getMax();
            }
        }
        return range(leaf, conversion, min, max, exact, nulls, rows);
    }

    private static long nulls(Statistics statistics, Node leaf, long rows) {
        if (leaf.definition == 0) {
            return 0;
        }
        long nulls = statistics.isSetNull_count() ? statistics.getNull_count() : -1;
        return nulls < 0 || nulls > rows ? -1 : nulls;
    }

    /** Whether the order that the bounds follow is the type's. */
    static boolean hasTypeOrder(Footer footer, Node leaf) {
        if (!footer.metadata.isSetColumn_orders()
                || leaf.leaf >= footer.metadata.getColumn_ordersSize()) {
            return false;
        }
        ColumnOrder order = footer.metadata.getColumn_orders().get(leaf.leaf);
        return order.isSetTYPE_ORDER();
    }

    /** The deprecated bounds were compared as signed numbers or bytes, whatever the type. */
    private static boolean isSigned(Node leaf) {
        LeafType.Step step = LeafType.of(leaf).step();
        return switch (step) {
            case BOOLEAN, INT, INT_TO_LONG, LONG, DOUBLE, MILLIS, NANOS -> true;
            case UNSIGNED_8,
                    UNSIGNED_16,
                    UNSIGNED_32,
                    UNSIGNED_64,
                    HALF_FLOAT,
                    INT96,
                    BYTES,
                    UUID,
                    INTERVAL,
                    DECIMAL_BYTES,
                    NOTHING ->
                    false;
        };
    }

    /** The range that two encoded bounds give; unknown when they make no sense. */
    static ColumnRange range(
            Node leaf,
            Conversion conversion,
            byte[] min,
            byte[] max,
            boolean exact,
            long nulls,
            long rows) {
        Object least = value(leaf, conversion, min);
        Object greatest = value(leaf, conversion, max);
        boolean useless =
                least == null
                        || greatest == null
                        || least instanceof Double a && a.isNaN()
                        || greatest instanceof Double b && b.isNaN()
                        || ColumnRange.compare(least, greatest) > 0;
        if (useless) {
            return new ColumnRange(conversion.type(), null, null, false, nulls, rows);
        }
        if (least instanceof Double a && a == 0) {
            least = -0.0; // writers do not agree on the sign of a zero
        }
        if (greatest instanceof Double b && b == 0) {
            greatest = 0.0;
        }
        boolean tight = exact || !leaf.physical().isBytes();
        return new ColumnRange(conversion.type(), least, greatest, tight, nulls, rows);
    }

    private static Object value(Node leaf, Conversion conversion, byte[] bytes) {
        LeafType from = LeafType.of(leaf);
        boolean unordered =
                from.step() == LeafType.Step.INT96
                        || from.step() == LeafType.Step.INTERVAL
                        || from.step() == LeafType.Step.HALF_FLOAT
                        || conversion.isNothing();
        int width = leaf.physical() == Physical.BOOLEAN ? 1 : leaf.width();
        boolean wrongLength =
                bytes == null || leaf.physical() != Physical.BYTE_ARRAY && bytes.length != width;
        if (unordered || wrongLength) {
            return null;
        }
        if (from.step() == LeafType.Step.BYTES) {
            return bytes;
        }
        try {
            Object value = conversion.convert(single(leaf, bytes), 1, null).value(0);
            return value instanceof String text
                    ? text.getBytes(java.nio.charset.StandardCharsets.UTF_8)
                    : value;
        } catch (CorruptPageException badStatistics) {
            return null; // bounds are a help; what the pages hold decides
        }
    }

    private static Values single(Node leaf, byte[] bytes) {
        Values values = new Values(leaf.physical(), 1);
        if (leaf.physical().isBytes()) {
            values.lengths[0] = bytes.length;
            values.starts[0] = values.appendData(bytes, 0, bytes.length);
            return values;
        }
        byte[] padded = Arrays.copyOf(bytes, bytes.length + BitPacking.PADDING);
        PlainDecoder plain = new PlainDecoder(leaf.physical(), leaf.width());
        plain.start(padded, 0, bytes.length, 1);
        plain.read(values, 0, 1);
        return values;
    }

    /** The boxed form of a bound, as table statistics have it. */
    static Object boxed(Object bound, Type type) {
        if (bound instanceof byte[] bytes && type.kind() == Type.Kind.STRING) {
            return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
        }
        return bound;
    }
}
