package org.skep.executor.operator;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.skep.executor.exchange.SpillFile;
import org.skep.executor.format.WritableFormat;
import org.skep.executor.kernel.BatchAppender;
import org.skep.executor.kernel.GroupTable;
import org.skep.executor.task.TaskContext;
import org.skep.executor.value.TextWriter;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.file.WriteTarget;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;

/**
 * Shares rows out to a series of files for each combination of partition values. Rows of few
 * partitions come to a task (they are exchanged by these values before), but nothing fails when
 * they are many: a partition's file is opened when there are rows for a row group or all rows are
 * known, beyond {@value #MOST_OPEN} open files the one that got rows longest ago is ended, and when
 * memory runs short the partition that holds most is spilled.
 */
final class PartitionedFiles implements AutoCloseable {
    private static final int MOST_OPEN = 500;

    /** From so many partitions on, memory for full batches is not taken before it is needed. */
    private static final int MANY = 100;

    private final WriteTarget target;
    private final WritableFormat format;
    private final WriteReport report;
    private final TaskContext task;
    private final OperatorContext context;
    private final Schema data;
    private final List<Field> keys;
    private final GroupTable groups;
    private final List<Share> shares = new ArrayList<>();
    private int open;
    private long clock;
    private int[] assigned = new int[0];
    private int[] positions = new int[0];
    private SpillFile spill;

    /** What is known of one partition. */
    private static final class Share {
        final PartitionRows rows;
        int count;
        int end;
        long used;

        Share(PartitionRows rows) {
            this.rows = rows;
        }
    }

    /**
     * @param schema of the rows: what is written, then the partition values
     */
    PartitionedFiles(
            WriteTarget target,
            WritableFormat format,
            Schema schema,
            WriteReport report,
            OperatorContext context) {
        this.target = target;
        this.format = format;
        this.report = report;
        this.task = context.task();
        this.context = context;
        int written = schema.size() - target.partitions().size();
        this.data = new Schema(schema.fields().subList(0, written));
        this.keys = schema.fields().subList(written, schema.size());
        this.groups = GroupTable.of(keys.stream().map(Field::type).toList());
    }

    void write(Batch batch) {
        int rows = batch.rows();
        if (assigned.length < rows) {
            assigned = new int[rows];
            positions = new int[rows];
        }
        Column[] columns = batch.columns().toArray(Column[]::new);
        Column[] values = Arrays.copyOfRange(columns, data.size(), columns.length);
        groups.assign(values, rows, assigned);
        while (shares.size() < groups.size()) {
            shares.add(null);
        }
        Batch written = new Batch(rows, Arrays.copyOf(columns, data.size()));
        List<Share> touched = sortByPartition(rows);
        int start = 0;
        for (Share share : touched) {
            share.used = ++clock;
            share.rows.add(written, positions, start, share.count, task.settings().batchRows());
            start += share.count;
            share.count = 0;
            if (share.rows.isRowGroup()) {
                writeRows(share);
            }
        }
        relieve();
    }

    /** Puts the row numbers into {@code positions} partition by partition; which these are. */
    private List<Share> sortByPartition(int rows) {
        List<Share> touched = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            Share share = shares.get(assigned[row]);
            if (share == null) {
                share = begin(assigned[row]);
            }
            if (share.count++ == 0) {
                touched.add(share);
            }
        }
        int end = 0;
        for (Share share : touched) {
            share.end = end;
            end += share.count;
        }
        for (int row = 0; row < rows; row++) {
            positions[shares.get(assigned[row]).end++] = row;
        }
        return touched;
    }

    private Share begin(int group) {
        List<String> texts = new ArrayList<>();
        StringBuilder folder = new StringBuilder();
        for (int i = 0; i < keys.size(); i++) {
            String text = text(groups.keys()[i], group);
            texts.add(text);
            folder.append(encoded(target.partitions().get(i)))
                    .append('=')
                    .append(text == null ? "null" : encoded(text))
                    .append('/');
        }
        FileSeries files =
                new FileSeries(target, format, data, report, task, folder.toString(), texts);
        int rows = task.settings().batchRows();
        int capacity = shares.size() > MANY ? rows / 8 : rows;
        BatchAppender fresh = new BatchAppender(data.types(), capacity);
        Share share = new Share(new PartitionRows(files, fresh, task.memory()));
        shares.set(group, share);
        return share;
    }

    private static String text(Column column, int row) {
        if (column.isNull(row)) {
            return null;
        }
        TextWriter text = new TextWriter(32);
        text.value(column, row);
        return text.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void writeRows(Share share) {
        if (!share.rows.hasOpenFile() && ++open > MOST_OPEN) {
            endLeastRecent(share);
        }
        share.rows.write();
        if (!share.rows.hasOpenFile()) {
            open--; // that file was full
        }
    }

    private void endLeastRecent(Share except) {
        Share least = null;
        for (Share share : shares) {
            if (share != null
                    && share != except
                    && share.rows.hasOpenFile()
                    && (least == null || share.used < least.used)) {
                least = share;
            }
        }
        if (least != null) {
            least.rows.endFile();
            open--;
        }
    }

    /** When the budget is used up, the partition that holds most of it is spilled. */
    private void relieve() {
        while (context.alwaysSpills() || task.memory().reserved() > task.memory().limit()) {
            Share most = null;
            for (Share share : shares) {
                if (share != null && (most == null || share.rows.held() > most.rows.held())) {
                    most = share;
                }
            }
            if (most == null || most.rows.held() == 0) {
                return; // what is reserved is not ours
            }
            if (spill == null) {
                spill = task.own(context.spill().create(data.types()));
            }
            task.countSpilled(most.rows.spill(spill));
        }
    }

    /** Writes what is left and ends all files. */
    void finish() {
        for (Share share : shares) {
            share.rows.finish();
        }
    }

    @Override
    public void close() {
        for (Share share : shares) {
            if (share != null) {
                share.rows.close();
            }
        }
    }
}
