package org.skep.planner.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.skep.model.settings.Settings;
import org.skep.model.spi.Backend.HotKey;
import org.skep.model.spi.Backend.StageReport;

/** Over how many tasks the rows of hot keys are spread. */
class SkewTest {
    private static final List<Object> SEVEN = List.of(7);

    private final Settings settings =
            Settings.defaults().with("threads", "4").with("skew_bytes", "0");

    /** Four partitions with {@code each} rows of other keys, the third one with hot rows too. */
    private static StageReport report(int stage, long each, long hot) {
        long[] rows = {each, each, each + hot, each};
        List<HotKey> keys = hot == 0 ? List.of() : List.of(new HotKey(SEVEN, 2, hot));
        return new StageReport(stage, rows, rows, keys, List.of());
    }

    private Skew skew(StageReport report, StageReport other) {
        return Skew.of(report, List.of(other), settings);
    }

    @Test
    void fewPartnersMakeHotRowsCheap() {
        Skew skew = skew(report(1, 1000, 60_000), report(0, 1000, 0));
        assertEquals(List.of(SEVEN), skew.keys());
        assertEquals(List.of(2), skew.partitions());
        assertEquals(10, skew.tasks()); // 3 * (1000 + 1000) rows each
    }

    @Test
    void manyPartnersDoNot() {
        assertEquals(12, skew(report(1, 5000, 60_000), report(0, 1000, 2000)).tasks());
    }

    @Test
    void tasksAreNotManyMoreThanThreads() {
        assertEquals(32, skew(report(1, 1, 60_000), report(0, 1, 0)).tasks());
        assertEquals(32, skew(report(1, 1, 60_000), report(0, 1, 100)).tasks());
    }

    @Test
    void evenPartitionsAreNotSkewed() {
        assertTrue(skew(report(1, 1000, 100), report(0, 1000, 0)).isEmpty());
    }
}
