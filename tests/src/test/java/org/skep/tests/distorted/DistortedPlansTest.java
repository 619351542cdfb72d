package org.skep.tests.distorted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.settings.Settings;
import org.skep.planner.Planner;
import org.skep.tests.tpch.TpchData;
import org.skep.tests.tpch.TpchQueries;

/**
 * However wrong statistics are, answers are the same: other joins, and other changes on the way.
 */
class DistortedPlansTest {
    private static final Path DATA =
            Path.of(System.getProperty("tpch.folder", "target/tpch")).toAbsolutePath();
    private static final int QUERIES = 22;
    private static final int DISTORTIONS = 6;
    private static final double FACTOR = 300;

    @TempDir private Path folder;

    /** The same rows in row groups of a few thousand rows, so that there are several splits. */
    private void makeSmallRowGroups() throws IOException, SQLException {
        Path whole = TpchData.parquet(DATA, 0.01);
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            for (String table : TpchData.tables()) {
                String file = table + ".parquet";
                statement.execute(
                        "COPY (SELECT * FROM '%s') TO '%s' (FORMAT parquet, ROW_GROUP_SIZE 2048)"
                                .formatted(whole.resolve(file), folder.resolve(file)));
            }
        }
    }

    @Test
    void answersAreTheSame() throws IOException, SQLException {
        makeSmallRowGroups();
        Settings settings = Settings.defaults().with("threads", "2").with("split_bytes", "64KB");
        List<String> decisions = new ArrayList<>();
        try (DistortedEngine engine = new DistortedEngine(folder)) {
            for (int query = 1; query <= QUERIES; query++) {
                String sql = TpchQueries.text(query).strip().replaceAll(";$", "");
                List<String> expected = null;
                for (int i = 0; i <= DISTORTIONS; i++) {
                    Distortion distortion =
                            i == 0
                                    ? Distortion.NONE
                                    : new Distortion(100L * query + i, FACTOR, true);
                    Planner.Plan plan = engine.plan(sql, settings, distortion);
                    List<String> rows = rows(engine.run(plan, settings, decisions));
                    expected = expected == null ? rows : expected;
                    assertEquals(expected, rows, "query " + query + "\n" + plan.text());
                }
            }
        }
        assertTrue(
                decisions.stream().anyMatch(text -> text.endsWith("dropped before the broadcast")),
                decisions.toString());
    }

    private static List<String> rows(List<Batch> batches) {
        List<String> rows = new ArrayList<>();
        for (Batch batch : batches) {
            for (int row = 0; row < batch.rows(); row++) {
                List<String> values = new ArrayList<>();
                for (Column column : batch.columns()) {
                    Object value = column.value(row);
                    values.add(
                            value instanceof Double number
                                    ? "%.6f".formatted(number)
                                    : String.valueOf(value));
                }
                rows.add(String.join("|", values));
            }
        }
        rows.sort(null);
        return rows;
    }
}
