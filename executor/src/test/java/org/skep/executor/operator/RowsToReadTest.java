package org.skep.executor.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skep.model.file.DataFile;
import org.skep.model.file.Split;
import org.skep.model.plan.JoinType;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.ScanTasks;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/** Stage 0 has put out 10, 20, 30 and 40 rows; two threads run. */
class RowsToReadTest {
    private static final long[] PARTITIONS = {10, 20, 30, 40};

    private final RowsToRead rows =
            new RowsToRead(
                    2,
                    new RowsToRead.StageRows() {
                        @Override
                        public long ofPartition(int stage, int partition) {
                            return PARTITIONS[partition];
                        }

                        @Override
                        public int partitions(int stage) {
                            return PARTITIONS.length;
                        }
                    });

    private static PlanNode.Scan scan(long... rowsOfSplits) {
        List<Split> splits = new ArrayList<>();
        for (long each : rowsOfSplits) {
            DataFile file = new DataFile("f" + splits.size(), 1, 0, List.of());
            splits.add(new Split(file, 0, 1, each));
        }
        return new Plans().scan(List.of(Type.BIGINT), List.of()).withSplits(splits);
    }

    private static PlanNode.StageInput input(Partitioning partitioning) {
        return new PlanNode.StageInput(0, partitioning, new Schema(List.of()));
    }

    private void assertRows(PlanNode node, long... byTask) {
        long[] actual = new long[byTask.length];
        Arrays.setAll(actual, task -> rows.of(node, task));
        assertEquals(Arrays.toString(byTask), Arrays.toString(actual));
    }

    @Test
    void ofAScanItIsTheSplitsOfTheTask() {
        assertRows(scan(5, 6, 7), 5, 6, 7, 0);
        ScanTasks tasks = new ScanTasks(List.of(1, 3), List.of());
        assertRows(scan().by(scan(5, 6, 7).splits(), tasks), 5, 13);
        assertRows(scan(5, -1), 5, RowsToRead.UNKNOWN);
    }

    @Test
    void ofAnEarlierStageItIsWhatTheTaskReads() {
        List<Integer> keys = List.of(0);
        assertRows(input(new Partitioning.Hash(keys, 4)), 10, 20, 30, 40);
        assertRows(input(new Partitioning.Groups(keys, List.of(1, 4))), 10, 90);
        assertRows(input(new Partitioning.Single()), 100);
        assertRows(input(new Partitioning.Slices(4)), 25, 25, 25, 25);
        assertRows(
                input(new Partitioning.Hash(keys, 4)).by(new Partitioning.Slices(2), List.of(3)),
                20,
                20);
        assertRows(input(new Partitioning.Broadcast()), 0);
    }

    @Test
    void othersHaveThoseOfTheirInputs() {
        PlanNode union = new PlanNode.Union(List.of(scan(5, 6), scan(7, -1)), scan().schema());
        assertRows(new PlanNode.Limit(union, 0, 3), 5, 6, 7, RowsToRead.UNKNOWN);
        PlanNode join =
                new PlanNode.LoopJoin(
                        scan(5, -1),
                        input(new Partitioning.Broadcast()),
                        JoinType.INNER,
                        null,
                        scan().schema());
        assertRows(join, 5, RowsToRead.UNKNOWN);
    }
}
