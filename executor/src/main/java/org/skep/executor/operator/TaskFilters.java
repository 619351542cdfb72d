package org.skep.executor.operator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.skep.executor.format.MovingEdge;
import org.skep.executor.format.Wanted;
import org.skep.executor.kernel.FileRows;
import org.skep.executor.kernel.JoinTable;
import org.skep.executor.kernel.KeyFilter;
import org.skep.executor.kernel.PartnerKeys;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.RuntimeFilter;

/** What operators of a task tell its scans. Used by the task's thread only. */
public final class TaskFilters {
    private final Map<Integer, KeyFilter> keys = new HashMap<>();
    private final Map<Integer, FileRows> rows = new HashMap<>();
    private final Map<Integer, MovingEdge> edges = new HashMap<>();

    /** Takes in what the build side of a join has. */
    void tell(PlanNode.HashJoin join, JoinTable table) {
        for (RuntimeFilter filter : join.filters()) {
            if (filter.kind() == RuntimeFilter.Kind.ROWS) {
                rows.put(filter.id(), table.fileRows());
            } else {
                keys.put(filter.id(), table.filter(filter.place()));
            }
        }
    }

    /** Takes in what a finished stage has. */
    void tell(PlanNode.PartnerFilter node, PartnerKeys partners) {
        for (RuntimeFilter filter : node.filters()) {
            keys.put(filter.id(), partners.filter(filter.place()));
        }
    }

    /** The edge that a top-N moves and scans look at. */
    MovingEdge edge(RuntimeFilter filter) {
        return edges.computeIfAbsent(filter.id(), id -> new MovingEdge());
    }

    /** What is known by now of a scan's columns. */
    Wanted of(PlanNode.Scan scan) {
        List<Wanted.Keys> known = new ArrayList<>();
        List<Wanted.Edge> moving = new ArrayList<>();
        FileRows some = null;
        for (RuntimeFilter filter : scan.filters()) {
            switch (filter.kind()) {
                case KEYS -> {
                    KeyFilter values = keys.get(filter.id());
                    if (values != null) {
                        known.add(new Wanted.Keys(filter.place(), values));
                    }
                }
                case ROWS -> some = some == null ? rows.get(filter.id()) : some;
                case EDGE -> moving.add(new Wanted.Edge(filter.place(), edge(filter)));
            }
        }
        return new Wanted(List.of(), known, moving, some);
    }
}
