package org.skep.executor.operator;

import java.util.ArrayList;
import java.util.List;
import org.skep.executor.exchange.BatchSource;
import org.skep.model.file.Split;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.SortKey;

/** Reads splits that the plan has given to a task, in the order that it wants. */
final class OrderedScan {
    private OrderedScan() {}

    /** Files that are sorted are merged; the splits of one file follow each other. */
    static Operator of(PlanNode.Scan scan, List<Split> splits, OperatorContext context) {
        List<SortKey> order = scan.tasks().order();
        List<List<Split>> files = new ArrayList<>();
        for (Split split : splits) {
            boolean same =
                    !files.isEmpty()
                            && files.get(files.size() - 1).get(0).file().equals(split.file());
            if (!same) {
                files.add(new ArrayList<>());
            }
            files.get(files.size() - 1).add(split);
        }
        if (order.isEmpty() || files.size() <= 1) {
            return new ScanOperator(scan, splits, context);
        }
        List<BatchSource> sources = new ArrayList<>();
        for (List<Split> file : files) {
            sources.add(new ScanOperator(scan, file, context)::next);
        }
        return new RunMerge(sources, scan.schema().types(), order.toArray(SortKey[]::new), context);
    }
}
