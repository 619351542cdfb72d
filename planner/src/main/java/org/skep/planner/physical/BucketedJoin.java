package org.skep.planner.physical;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.skep.model.file.Bucketing;
import org.skep.model.file.DataFile;
import org.skep.model.file.Split;
import org.skep.model.plan.Expr;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.ScanTasks;
import org.skep.model.plan.SortKey;

/**
 * Two tables whose rows are shared out to files by the same hash of a join key: a task joins the
 * rows of the same buckets, and nothing is shuffled. Numbers of buckets need not be equal: what is
 * in bucket b of n is in bucket b modulo d of d, for each divisor d of n. When all files are sorted
 * by the key they are merged as they are read, and nothing is sorted either (Hive's sort merge
 * bucket join).
 *
 * @param left the left side's rows in tasks of so many buckets
 * @param right the right side's
 * @param key which of the join's keys the buckets are by
 * @param sorted whether the rows of each task are sorted by that key
 */
record BucketedJoin(PlanNode left, PlanNode right, int key, boolean sorted) {
    /** A scan of a table with buckets, and what stands above it. */
    private record Side(PlanNode node, PlanNode.Scan scan, int column) {
        Bucketing bucketing() {
            return scan.table().bucketing();
        }

        String name() {
            return scan.table().name();
        }
    }

    /** What came of the question: the join, or why there is none; neither without buckets. */
    record Answer(Optional<BucketedJoin> join, String reason) {}

    static Answer of(
            PlanNode left, PlanNode right, List<Integer> leftKeys, List<Integer> rightKeys) {
        String reason = null;
        for (int key = 0; key < leftKeys.size(); key++) {
            Side a = side(left, leftKeys.get(key));
            Side b = side(right, rightKeys.get(key));
            if (a == null && b == null) {
                continue;
            }
            if (a == null || b == null) {
                reason = "only %s has buckets by the key".formatted((a == null ? b : a).name());
                continue;
            }
            reason = obstacle(a, b);
            if (reason == null) {
                return joined(a, b, key, leftKeys.size() == 1);
            }
        }
        return new Answer(Optional.empty(), reason);
    }

    private static Answer joined(Side a, Side b, int key, boolean onlyKey) {
        int tasks = divisor(a, b);
        String unsorted =
                !onlyKey
                        ? "there are other keys beside that of the buckets"
                        : !isSorted(a)
                                ? "not all files of %s are sorted by the key".formatted(a.name())
                                : !isSorted(b)
                                        ? "not all files of %s are sorted by the key"
                                                .formatted(b.name())
                                        : null;
        boolean sorted = unsorted == null;
        BucketedJoin join =
                new BucketedJoin(inTasks(a, tasks, sorted), inTasks(b, tasks, sorted), key, sorted);
        return new Answer(Optional.of(join), unsorted);
    }

    /** The scan with buckets by an output of {@code node}; null when that is none. */
    private static Side side(PlanNode node, int output) {
        PlanNode at = node;
        int column = output;
        while (!(at instanceof PlanNode.Scan)) {
            if (at instanceof PlanNode.Project project) {
                if (!(project.expressions().get(column) instanceof Expr.Input input)) {
                    return null;
                }
                column = input.column();
            } else if (!(at instanceof PlanNode.Filter)) {
                return null;
            }
            at = at.inputs().get(0);
        }
        PlanNode.Scan scan = (PlanNode.Scan) at;
        Bucketing bucketing = scan.table().bucketing();
        boolean is =
                bucketing != null
                        && scan.limit() < 0
                        && scan.tasks() == null
                        && scan.columns().get(column) == bucketing.column();
        return is ? new Side(node, scan, column) : null;
    }

    /** Why rows with equal keys are not in equal buckets; null when they are. */
    private static String obstacle(Side a, Side b) {
        for (Side side : List.of(a, b)) {
            long outside =
                    side.scan.splits().stream()
                            .map(Split::file)
                            .distinct()
                            .filter(file -> file.bucket() == null)
                            .count();
            if (outside > 0) {
                return "%d files of %s were written before it had these buckets"
                        .formatted(outside, side.name());
            }
        }
        return divisor(a, b) > 1
                ? null
                : "%s has %d buckets and %s %d, which have no common divisor"
                        .formatted(
                                a.name(),
                                a.bucketing().buckets(),
                                b.name(),
                                b.bucketing().buckets());
    }

    private static int divisor(Side a, Side b) {
        return BigInteger.valueOf(a.bucketing().buckets())
                .gcd(BigInteger.valueOf(b.bucketing().buckets()))
                .intValue();
    }

    private static boolean isSorted(Side side) {
        return side.scan.splits().stream().allMatch(split -> split.file().bucket().sorted());
    }

    /** The side's plan, each task of which reads the buckets of the same rest. */
    private static PlanNode inTasks(Side side, int tasks, boolean sorted) {
        List<Split> splits = new ArrayList<>(side.scan.splits());
        splits.sort(
                Comparator.comparingInt((Split split) -> task(split.file(), tasks))
                        .thenComparing(split -> split.file().path())
                        .thenComparingLong(Split::start));
        List<Integer> ends = new ArrayList<>();
        for (int task = 0, next = 0; task < tasks; task++) {
            while (next < splits.size() && task(splits.get(next).file(), tasks) == task) {
                next++;
            }
            ends.add(next);
        }
        List<SortKey> order = sorted ? List.of(new SortKey(side.column, true, true)) : List.of();
        return replaced(side.node, side.scan.by(splits, new ScanTasks(ends, order)));
    }

    private static int task(DataFile file, int tasks) {
        return file.bucket().number() % tasks;
    }

    private static PlanNode replaced(PlanNode node, PlanNode.Scan scan) {
        return node instanceof PlanNode.Scan
                ? scan
                : node.withInputs(List.of(replaced(node.inputs().get(0), scan)));
    }
}
