package org.skep.planner.physical;

import org.skep.model.plan.PlanNode;
import org.skep.planner.estimate.Estimate;

/** A piece of a plan with what is known of its rows. */
record Part(PlanNode node, Distribution distribution, Estimate estimate) {
    Part with(PlanNode other) {
        return new Part(other, distribution, estimate);
    }
}
