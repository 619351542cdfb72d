package org.skep.planner.explain;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skep.model.plan.Stage;
import org.skep.model.plan.StageGraph;
import org.skep.model.spi.Backend.OperatorReport;
import org.skep.model.spi.Backend.StageReport;
import org.skep.planner.why.Choice;

/**
 * What EXPLAIN shows of a query, whatever the format. Begin here; {@link ExplanationText}, {@link
 * ExplanationJson} and {@link ExplanationHtml} write it.
 *
 * @param phases the plan after each phase of planning; null when nobody asked
 * @param planned the stages that the planner made
 * @param run what happened when they ran; null when they were not run
 * @param choices what the planner decided between; null when nobody asked
 * @param details what else to show
 */
public record Explanation(
        String phases, StageGraph planned, Run run, List<Choice> choices, Set<Detail> details) {
    /** What is shown only when asked for. */
    public enum Detail {
        /** How many rows each node is expected to give; shown anyway beside how many it gave. */
        ESTIMATES,
        /** The stages as map and reduce functions. */
        FUNCTIONS,
        /** The source of the loops that were generated; of a query that has run. */
        CODE
    }

    /**
     * A query that has run.
     *
     * @param stages as they were in the end
     * @param reports of all of them, their operators measured
     * @param decisions what was changed between stages and why
     * @param rows of the result
     * @param nanos from the start to the last row
     */
    public record Run(
            StageGraph stages,
            List<StageReport> reports,
            List<String> decisions,
            long rows,
            long nanos) {
        Optional<StageReport> report(Stage stage) {
            return reports.stream().filter(report -> report.stage() == stage.id()).findFirst();
        }
    }

    /** The stages to show: as they ran, or as they would. */
    StageGraph stages() {
        return run == null ? planned : run.stages;
    }

    /** Nothing but the stages. */
    static Explanation of(StageGraph planned) {
        return new Explanation(null, planned, null, null, Set.of());
    }

    boolean shows(Detail detail) {
        return details.contains(detail);
    }

    /** Whether the stages that ran are others than those planned. */
    boolean changed() {
        return run != null && !PlanText.of(planned).equals(PlanText.of(run.stages));
    }

    /** What a stage did; empty when it did not run. */
    Optional<StageFigures> figures(Stage stage) {
        return run == null
                ? Optional.empty()
                : run.report(stage).map(report -> StageFigures.of(report, stage));
    }

    /** What a node's operator did; empty when it did not run. */
    Optional<OperatorReport> operator(Stage stage, int place) {
        return run == null
                ? Optional.empty()
                : run.report(stage)
                        .map(StageReport::operators)
                        .filter(all -> place < all.size())
                        .map(all -> all.get(place));
    }

    /** Bytes of a stage's output as its readers take them: a broadcast counts once. */
    long bytesOut() {
        return run == null ? 0 : run.reports.stream().mapToLong(StageReport::totalBytes).sum();
    }
}
