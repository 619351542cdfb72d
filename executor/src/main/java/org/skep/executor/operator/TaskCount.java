package org.skep.executor.operator;

import java.util.ArrayList;
import java.util.List;
import org.skep.model.file.Split;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;

/** How many tasks a stage has, and which splits each of them reads. */
public final class TaskCount {
    /** Shares of a scan per thread: enough that a slow one does not hold up the others for long. */
    private static final int SHARES_PER_THREAD = 4;

    private TaskCount() {}

    /** The tasks of a stage with this root: at least one. */
    public static int ofStage(PlanNode root, int threads) {
        return Math.max(1, of(root, threads));
    }

    /** Partitions of a node's output; 0 when every task has it whole. */
    static int of(PlanNode node, int threads) {
        return switch (node.kind()) {
            case SCAN -> {
                PlanNode.Scan scan = (PlanNode.Scan) node;
                yield scan.tasks() != null
                        ? scan.tasks().ends().size()
                        : most(scan.splits(), threads);
            }
            case VALUES -> 1;
            case STAGE_INPUT -> {
                Partitioning partitioning = ((PlanNode.StageInput) node).partitioning();
                yield partitioning instanceof Partitioning.Broadcast ? 0 : partitioning.count();
            }
            case UNION ->
                    node.inputs().stream().mapToInt(input -> Math.max(1, of(input, threads))).sum();
            case HASH_JOIN, MERGE_JOIN, LOOP_JOIN -> {
                int left = of(node.inputs().get(0), threads);
                int right = of(node.inputs().get(1), threads);
                if (left != right && left > 0 && right > 0) {
                    throw new IllegalArgumentException(
                            "a join of %d partitions with %d: %s".formatted(left, right, node));
                }
                yield Math.max(left, right);
            }
            case FILTER,
                    PARTNER_FILTER,
                    PROJECT,
                    EXPAND,
                    UNNEST,
                    AGGREGATE,
                    SORT,
                    TOP_N,
                    GROUP_TOP_N,
                    LIMIT,
                    WINDOW,
                    EXCHANGE,
                    WRITE ->
                    of(node.inputs().get(0), threads);
        };
    }

    /**
     * The split that each task of a stage begins with, by task.
     *
     * @return none where it is not one scan that has a share for each task
     */
    public static List<Split> firstSplits(PlanNode root, int tasks, int threads) {
        PlanNode node = root;
        while (node.inputs().size() == 1
                || node.inputs().size() == 2 && node.kind() != PlanNode.Kind.UNION) {
            boolean left = of(node.inputs().get(0), threads) > 0;
            node = node.inputs().get(left ? 0 : 1);
        }
        if (!(node instanceof PlanNode.Scan scan) || of(scan, threads) != tasks) {
            return List.of();
        }
        List<Split> firsts = new ArrayList<>();
        for (List<Split> share : shares(scan, threads)) {
            if (share.isEmpty()) {
                return List.of();
            }
            firsts.add(share.get(0));
        }
        return firsts;
    }

    private static List<List<Split>> shares(PlanNode.Scan scan, int threads) {
        if (scan.tasks() == null) {
            return shares(scan.splits(), most(scan.splits(), threads));
        }
        List<List<Split>> shares = new ArrayList<>();
        int from = 0;
        for (int end : scan.tasks().ends()) {
            shares.add(scan.splits().subList(from, end));
            from = end;
        }
        return shares;
    }

    /** The splits of a scan that a task reads. */
    static List<Split> splits(PlanNode.Scan scan, int task, int threads) {
        List<List<Split>> shares = shares(scan, threads);
        return task < shares.size() ? shares.get(task) : List.of();
    }

    /** Into how many tasks a scan of these splits goes, where nothing speaks for fewer. */
    public static int most(List<Split> splits, int threads) {
        return Math.max(1, Math.min(splits.size(), SHARES_PER_THREAD * threads));
    }

    /**
     * Neighbouring splits in shares of about the same size.
     *
     * @param count shares, at least one and no more than there are splits, if there are any
     */
    public static List<List<Split>> shares(List<Split> splits, int count) {
        long total = splits.stream().mapToLong(split -> weight(split)).sum();
        List<List<Split>> shares = new ArrayList<>();
        int next = 0;
        long passed = 0;
        for (int share = 0; share < count; share++) {
            List<Split> mine = new ArrayList<>();
            int lastAllowed = splits.size() - (count - share - 1); // leave one for each to come
            double end = (double) total * (share + 1) / count;
            while (next < lastAllowed
                    && (mine.isEmpty() || passed + weight(splits.get(next)) / 2.0 <= end)) {
                passed += weight(splits.get(next));
                mine.add(splits.get(next++));
            }
            shares.add(mine);
        }
        for (; next < splits.size(); next++) {
            shares.get(count - 1).add(splits.get(next));
        }
        return shares;
    }

    private static long weight(Split split) {
        return Math.max(1, split.length());
    }
}
