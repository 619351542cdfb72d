package org.skep.executor.format.parquet;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.skep.executor.eval.Predicate;
import org.skep.executor.format.BatchReader;
import org.skep.executor.format.Wanted;
import org.skep.executor.task.TaskContext;
import org.skep.model.data.Batch;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Column;
import org.skep.model.file.Split;
import org.skep.model.plan.Expr;

/**
 * Reads the row groups of a split, without those, and those pages, that cannot have a wanted row.
 */
final class ParquetBatchReader implements BatchReader {
    /** When few rows are wanted, several batches of rows are read to make one. */
    private static final int MOST_BATCHES = 8;

    private final String file;
    private final Footer footer;
    private final FileChannel channel;
    private final Split split;
    private final List<Expr> ranges; // conditions that statistics can tell something of
    private final int fixedRanges; // so many are there from the beginning
    private final List<Wanted.Edge> edges;
    private final long[] numbers; // of the rows wanted, from 1; null for all
    private final boolean filters;
    private final RowGroupFilter rowGroups;
    private final PageIndex pageIndex;
    private final ColumnReader[] readers;
    private final RowFilter filter;
    private final Decompressor decompressor = new Decompressor();
    private final PositionDeletes deletes;
    private final int[] alive;
    private final TaskContext task;
    private final int batchRows;

    private int nextGroup;
    private RowRanges rows = new RowRanges();
    private int range;
    private long position;
    private long groupStart;
    private long nextStart;
    private int batches = 1;
    private Batch rest;
    private int restFrom;

    ParquetBatchReader(
            Footer footer,
            FileChannel channel,
            Split split,
            List<FileColumn> columns,
            Wanted wanted,
            PositionDeletes deletes,
            Function<Expr, Predicate> compiler,
            TaskContext task) {
        this.file = split.file().path();
        this.footer = footer;
        this.channel = channel;
        this.split = split;
        List<Expr> conditions =
                wanted.conditions().stream().flatMap(c -> Expr.conjuncts(c).stream()).toList();
        this.filters =
                !conditions.isEmpty() || !wanted.keys().isEmpty() || !wanted.edges().isEmpty();
        this.ranges = new ArrayList<>(conditions);
        wanted.keys().forEach(keys -> ranges.addAll(keys.bounds()));
        this.fixedRanges = ranges.size();
        this.edges = wanted.edges();
        this.numbers = wanted.rows() == null ? null : wanted.rows().of(file);
        this.deletes = deletes;
        this.alive = deletes.isEmpty() ? null : new int[MOST_BATCHES * task.settings().batchRows()];
        this.task = task;
        this.batchRows = task.settings().batchRows();
        this.rowGroups = new RowGroupFilter(file, footer, channel, columns, ranges);
        this.pageIndex = new PageIndex(file, footer, channel, columns);
        this.readers = new ColumnReader[columns.size()];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = columns.get(i).open(file, footer, channel, decompressor);
        }
        this.filter =
                new RowFilter(readers, conditions, wanted, compiler, MOST_BATCHES * batchRows);
    }

    @Override
    public Batch next() {
        if (rest != null) {
            return cut();
        }
        while (true) {
            task.stopIfCancelled();
            if (range == rows.count()) {
                if (!nextRowGroup()) {
                    return null;
                }
                continue;
            }
            skipTo(rows.from(range));
            int next = (int) Math.min((long) batchRows * batches, rows.to(range) - position);
            int count = read(next);
            position += next;
            if (position == rows.to(range)) {
                range++;
            }
            if (count > 0) {
                rest = batch(filter.columns(), count);
                restFrom = 0;
                adapt(next, count);
                return cut();
            }
            adapt(next, 0);
        }
    }

    private int read(int rows) {
        if (alive == null) {
            return filter.read(rows, null, rows);
        }
        int count = deletes.alive(groupStart + position, rows, alive);
        return filter.read(rows, Arrays.copyOf(alive, count), count);
    }

    /** Few strings of many would otherwise keep the bytes of all. */
    private Batch batch(Column[] columns, int count) {
        for (int i = 0; i < columns.length; i++) {
            if (columns[i] instanceof BytesColumn bytes && bytes.data().length > 64 * count) {
                long used = 0;
                int[] lengths = bytes.lengths();
                for (int row = 0; row < count; row++) {
                    used += lengths[row];
                }
                if (used * 4 < bytes.data().length) {
                    columns[i] = bytes.compact();
                }
            }
        }
        return new Batch(count, columns);
    }

    private void adapt(int rows, int count) {
        if (!filters) {
            return;
        }
        if (count * 8L < rows) {
            batches = Math.min(MOST_BATCHES, batches * 2);
        } else if (count * 2L > rows) {
            batches = Math.max(1, batches / 2);
        }
    }

    /** The next batch of what was read. */
    private Batch cut() {
        int count = Math.min(batchRows, rest.rows() - restFrom);
        Batch next = rest.slice(restFrom, count);
        restFrom += count;
        if (restFrom == rest.rows()) {
            rest = null;
        }
        return next;
    }

    private void skipTo(long row) {
        if (row > position) {
            for (ColumnReader reader : readers) {
                reader.skip(row - position);
            }
            position = row;
        }
    }

    /** What statistics are asked now: what top-Ns have told since comes last. */
    private void moveEdges() {
        ranges.subList(fixedRanges, ranges.size()).clear();
        for (Wanted.Edge edge : edges) {
            Expr condition = edge.condition();
            if (condition != null) {
                ranges.add(condition);
            }
        }
    }

    private boolean nextRowGroup() {
        moveEdges();
        while (nextGroup < footer.rowGroups()) {
            int group = nextGroup++;
            groupStart = nextStart;
            nextStart += footer.rowGroup(group).getNum_rows();
            long[] extent = footer.extent(group);
            long middle = extent[0] + extent[1] / 2;
            boolean ours = middle >= split.start() && middle - split.start() < split.length();
            if (ours && rowGroups.mayMatch(group)) {
                rows = rows(group);
                if (rows.count() == 0) {
                    continue;
                }
                range = 0;
                position = 0;
                for (ColumnReader reader : readers) {
                    reader.start(group);
                }
                if (!filter.excludesRowGroup()) {
                    return true;
                }
                rows = new RowRanges();
            }
        }
        return false;
    }

    private RowRanges rows(int group) {
        long all = footer.rowGroup(group).getNum_rows();
        RowRanges some = RowRanges.all(all);
        if (numbers != null) {
            some = RowRanges.of(numbers, groupStart, all);
        }
        return some.count() == 0 ? some : some.and(pageIndex.rows(group, ranges));
    }

    @Override
    public void close() {
        decompressor.close();
        try {
            channel.close();
        } catch (IOException e) {
            throw Place.of(file).error(e);
        }
    }
}
