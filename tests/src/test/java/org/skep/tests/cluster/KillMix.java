package org.skep.tests.cluster;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.skep.tests.oracle.Rows;
import org.skep.tests.tpch.TpchData;
import org.skep.tests.tpch.TpchQueries;

/**
 * TPC-H's queries, and statements that write: a table is made, filled on, and dropped, a folder of
 * Parquet is written over. The right answers come from the engine without a cluster.
 */
final class KillMix {
    private static final int QUERIES = 22;

    private static final String WRITTEN =
            "SELECT %s AS id, count(*) AS parts, sum(l_quantity) AS quantity, min(o_comment) AS said"
                    + " FROM orders JOIN lineitem ON l_orderkey = o_orderkey GROUP BY o_orderkey";

    private static final String LOOK =
            "SELECT count(*), count(DISTINCT id), sum(id), sum(parts), sum(quantity), min(said) FROM ";

    private final Path folder;
    private final List<Step> queries = new ArrayList<>();
    private final Rows once;
    private final Rows twice;

    /**
     * @param folder that is written over
     * @param local a connection that knows the tables of {@link #views}
     */
    KillMix(Path folder, Connection local) throws SQLException {
        this.folder = folder;
        for (int number = 1; number <= QUERIES; number++) {
            String sql = TpchQueries.text(number);
            queries.add(Step.query("q%02d".formatted(number), sql, Step.rows(local, sql)));
        }
        String first = select("o_orderkey");
        once = Step.rows(local, LOOK + "(" + first + ") t");
        twice =
                Step.rows(
                        local, LOOK + "(" + first + " UNION ALL " + select("-o_orderkey") + ") t");
    }

    /** The statements that make the tables known to a connection. */
    static List<String> views(Path data) {
        return TpchData.tables().stream()
                .map(
                        table ->
                                "CREATE TEMP VIEW %s AS SELECT * FROM '%s'"
                                        .formatted(table, data.resolve(table + ".parquet")))
                .toList();
    }

    private static String select(String id) {
        return WRITTEN.formatted(id);
    }

    /**
     * All statements once.
     *
     * @param number of the round: the table that it makes is named by it
     */
    List<Step> round(int number) {
        List<Step> steps = new ArrayList<>(queries.subList(0, QUERIES / 2));
        String table = "made_" + number;
        steps.add(
                Step.write(
                        "create",
                        "CREATE TABLE " + table + " AS " + select("o_orderkey"),
                        LOOK + table,
                        once));
        steps.addAll(queries.subList(QUERIES / 2, QUERIES));
        steps.add(
                Step.write(
                        "insert",
                        "INSERT INTO " + table + " " + select("-o_orderkey"),
                        LOOK + table,
                        twice));
        steps.add(
                Step.write(
                        "folder",
                        "INSERT OVERWRITE DIRECTORY '%s' USING parquet %s"
                                .formatted(folder, select("o_orderkey")),
                        LOOK + "'" + folder + "/*.parquet'",
                        once));
        steps.add(new Step("drop", "DROP TABLE " + table, (rows, local) -> null));
        return steps;
    }
}
