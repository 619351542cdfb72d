package org.skep.executor.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.skep.executor.kernel.BatchAppender;
import org.skep.executor.kernel.Concat;
import org.skep.executor.kernel.GroupTable;
import org.skep.executor.kernel.Ordering;
import org.skep.executor.kernel.SortPrefix;
import org.skep.executor.kernel.Sorting;
import org.skep.executor.task.Reservation;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.data.IntColumn;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.Ranking;
import org.skep.model.plan.SortKey;
import org.skep.model.type.Type;

/**
 * Drops rows that cannot be among the first of their group. Rows are gathered up and now and then
 * cut down to those wanted; from then on a group that has enough turns rows away that come after
 * its last one. When memory runs short the rows go on and all begins anew; when there are so many
 * groups that hardly a row is dropped, the rest goes on as it comes.
 */
final class GroupTopNOperator implements Operator {
    /** After so many rows it asks whether it is of use. */
    private static final long TRIAL_ROWS = 100_000;

    private static final double USELESS = 0.8;
    private static final int LEAST_ROOM = 4096;

    private final PlanNode.GroupTopN top;
    private final Operator input;
    private final List<Type> types;
    private final SortKey[] order;
    private final OperatorContext context;
    private final Reservation memory;
    private GroupTable table;
    private Batch kept; // sorted by group and order
    private int[] keptGroups;
    private Column[] keptOrder;
    private int[] edges; // of each group the last row kept, if no row after it is wanted; else -1
    private long[] edgePrefixes;
    private BatchAppender fresh; // rows since the last cut
    private int[] freshGroups;
    private long seen; // rows since all began anew
    private Batch giving;
    private int given;
    private boolean passes;
    private boolean ended;

    GroupTopNOperator(PlanNode.GroupTopN top, Operator input, OperatorContext context) {
        this.top = top;
        this.input = input;
        this.types = top.schema().types();
        this.order = top.order().toArray(SortKey[]::new);
        this.context = context;
        this.memory = Reservation.of(context.task());
        begin();
    }

    private void begin() {
        table = GroupTable.of(top.groups().stream().map(types::get).toList());
        kept = Concat.batches(types, List.of());
        keptGroups = new int[0];
        keptOrder = SortOperator.keyColumns(kept, order);
        edges = new int[0];
        edgePrefixes = new long[0];
        fresh = new BatchAppender(types, context.batchRows());
        freshGroups = new int[LEAST_ROOM];
        seen = 0;
        memory.resize(0);
    }

    @Override
    public Batch next() {
        while (true) {
            context.task().stopIfCancelled();
            if (giving != null && given < giving.rows()) {
                int count = Math.min(context.batchRows(), giving.rows() - given);
                given += count;
                return giving.slice(given - count, count);
            }
            giving = null;
            if (passes || ended) {
                memory.close();
                return passes ? input.next() : null;
            }
            read();
        }
    }

    private void read() {
        Batch batch = input.next();
        if (batch == null) {
            ended = true;
            give();
            return;
        }
        add(batch);
        if (fresh.rows() >= Math.max(LEAST_ROOM, kept.rows())) {
            cut();
            passes = seen >= TRIAL_ROWS && kept.rows() > USELESS * seen;
        }
        long groups = table.bytes() + 12L * edges.length + 4L * freshGroups.length;
        long wanted = groups + 2 * kept.bytes() + 2 * fresh.bytes();
        if (passes || context.alwaysSpills() || !memory.tryResize(wanted)) {
            give();
            begin();
        }
    }

    private void give() {
        cut();
        giving = kept;
        given = 0;
    }

    /** Takes in the rows that come before their group's edge, or beside it if ties are wanted. */
    private void add(Batch batch) {
        int rows = batch.rows();
        int[] groups = new int[rows];
        Column[] keys = top.groups().stream().map(batch::column).toArray(Column[]::new);
        table.assign(keys, rows, groups);
        makeRoom(table.size());
        Column[] columns = SortOperator.keyColumns(batch, order);
        long[] prefixes = prefixes(columns, rows);
        Ordering ordering = new Ordering(order, columns, keptOrder);
        int behind = top.ranking() == Ranking.ROW_NUMBER ? 0 : 1; // from where rows are dropped
        if (freshGroups.length < fresh.rows() + rows) {
            freshGroups = Arrays.copyOf(freshGroups, 2 * (fresh.rows() + rows));
        }
        int[] admitted = new int[rows];
        int count = 0;
        for (int i = 0; i < rows; i++) {
            int edge = edges[groups[i]];
            boolean wanted = edge < 0 || prefixes[i] < edgePrefixes[groups[i]];
            if (!wanted && prefixes[i] == edgePrefixes[groups[i]]) {
                wanted = ordering.compare(i, edge) < behind;
            }
            freshGroups[fresh.rows() + count] = groups[i];
            admitted[count] = i;
            count += wanted ? 1 : 0;
        }
        if (count > 0) {
            fresh.append(batch, admitted, 0, count);
        }
        seen += rows;
    }

    private void makeRoom(int groups) {
        int before = edges.length;
        if (before < groups) {
            edges = Arrays.copyOf(edges, Math.max(groups, 2 * before));
            Arrays.fill(edges, before, edges.length, -1);
            edgePrefixes = Arrays.copyOf(edgePrefixes, edges.length);
        }
    }

    private long[] prefixes(Column[] columns, int rows) {
        long[] prefixes = new long[rows];
        if (order.length > 0) {
            SortPrefix.encode(columns[0].flat(), order[0], prefixes);
        }
        return prefixes;
    }

    /** Sorts all rows by group and order, and keeps those wanted. */
    private void cut() {
        if (fresh.rows() == 0) {
            return;
        }
        int[] groups = Arrays.copyOf(keptGroups, kept.rows() + fresh.rows());
        System.arraycopy(freshGroups, 0, groups, kept.rows(), fresh.rows());
        List<Batch> parts = new ArrayList<>();
        if (kept.rows() > 0) {
            parts.add(kept); // first: of equal rows the earlier ones stay
        }
        parts.add(fresh.take());
        Batch all = Concat.batches(types, parts);
        Column[] columns = SortOperator.keyColumns(all, order);
        int[] sorted = sorted(groups, columns);
        int[] wanted = new int[sorted.length];
        int count = wanted(sorted, groups, columns, wanted);
        BatchAppender copy = new BatchAppender(types, count);
        copy.append(all, wanted, 0, count);
        kept = copy.take();
        keptGroups = new int[count];
        for (int i = 0; i < count; i++) {
            keptGroups[i] = groups[wanted[i]];
        }
        keptOrder = SortOperator.keyColumns(kept, order);
        long[] prefixes = prefixes(keptOrder, count);
        for (int i = 0; i < count; i++) { // the last row of a group is its edge
            edgePrefixes[keptGroups[i]] = prefixes[i];
        }
    }

    private int[] sorted(int[] groups, Column[] columns) {
        SortKey[] keys = new SortKey[order.length + 1];
        keys[0] = new SortKey(0, true, true);
        System.arraycopy(order, 0, keys, 1, order.length);
        Column[] all = new Column[keys.length];
        all[0] = new IntColumn(Type.INTEGER, groups, groups.length, null);
        System.arraycopy(columns, 0, all, 1, columns.length);
        return Sorting.order(keys, all, groups.length);
    }

    /** Puts the rows wanted into {@code out}, sets the groups' edges, says how many there are. */
    private int wanted(int[] sorted, int[] groups, Column[] columns, int[] out) {
        Ordering ordering = new Ordering(order, columns, columns);
        boolean ties = top.ranking() != Ranking.ROW_NUMBER;
        int count = 0;
        long passed = 0; // rows of the group before this one
        long rank = 0;
        for (int i = 0; i < sorted.length; i++) {
            int group = groups[sorted[i]];
            boolean first = i == 0 || groups[sorted[i - 1]] != group;
            if (first) {
                passed = 0;
                rank = 0;
                edges[group] = -1;
            }
            boolean tie = ties && !first && ordering.compare(sorted[i - 1], sorted[i]) == 0;
            if (!tie) {
                rank = top.ranking() == Ranking.DENSE_RANK ? rank + 1 : passed + 1;
            }
            passed++;
            if (rank <= top.rows()) {
                boolean full =
                        top.ranking() == Ranking.RANK ? passed >= top.rows() : rank == top.rows();
                edges[group] = full ? count : -1;
                out[count++] = sorted[i];
            }
        }
        return count;
    }
}
