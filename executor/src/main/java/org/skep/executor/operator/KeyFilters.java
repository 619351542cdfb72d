package org.skep.executor.operator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.skep.executor.format.Wanted;
import org.skep.executor.kernel.JoinTable;
import org.skep.executor.kernel.KeyFilter;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.RuntimeFilter;

/** What the joins of a task tell its scans once they are built. Used by the task's thread only. */
public final class KeyFilters {
    private final Map<Integer, KeyFilter> known = new HashMap<>();

    /** Takes in what the build side of a join has. */
    void tell(PlanNode.HashJoin join, JoinTable table) {
        for (RuntimeFilter filter : join.filters()) {
            KeyFilter keys = table.filter(filter.place());
            if (keys != null) {
                known.put(filter.id(), keys);
            }
        }
    }

    /** What is known by now of a scan's columns. */
    List<Wanted.Keys> of(PlanNode.Scan scan) {
        List<Wanted.Keys> keys = new ArrayList<>();
        for (RuntimeFilter filter : scan.filters()) {
            KeyFilter values = known.get(filter.id());
            if (values != null) {
                keys.add(new Wanted.Keys(filter.place(), values));
            }
        }
        return keys;
    }
}
