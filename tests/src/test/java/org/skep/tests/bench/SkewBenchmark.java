package org.skep.tests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins, groups and windows over purchases of which a share is by one user, and what the share
 * costs beside purchases that are spread evenly. DuckDB writes the files first. BENCHMARKS.md has
 * the options.
 */
public final class SkewBenchmark {
    private static final String JOIN =
            "SELECT u.country, count(*) AS n, sum(p.amount) AS total FROM PURCHASES p %s JOIN users u"
                    + " ON p.user_id = u.user_id GROUP BY u.country";
    private static final String EXISTS =
            "SELECT p.amount % 10 AS a, count(*) AS n, sum(p.user_id) AS total FROM PURCHASES p WHERE EXISTS"
                    + " (SELECT 1 FROM users u WHERE u.user_id = p.user_id) GROUP BY p.amount % 10";
    private static final Map<String, String> QUERIES = new LinkedHashMap<>();

    static {
        for (String type : List.of("inner", "left", "right", "full")) {
            QUERIES.put(type, JOIN.formatted(type));
        }
        QUERIES.put("semi", EXISTS);
        QUERIES.put("anti", EXISTS.replace("EXISTS", "NOT EXISTS"));
        QUERIES.put(
                "users-left",
                "SELECT u.country, count(p.amount) AS n, sum(p.amount) AS total FROM users u LEFT JOIN PURCHASES p"
                        + " ON p.user_id = u.user_id GROUP BY u.country");
        QUERIES.put(
                "group",
                "SELECT count(*) AS n, max(m) AS most FROM (SELECT user_id, count(*) AS m, sum(amount) AS total"
                        + " FROM PURCHASES GROUP BY user_id) g");
        QUERIES.put(
                "distinct",
                "SELECT count(*) AS n, max(m) AS most FROM (SELECT user_id, count(DISTINCT amount) AS m"
                        + " FROM PURCHASES GROUP BY user_id) g");
        QUERIES.put(
                "window",
                "SELECT count(*) AS n, sum(r) AS total FROM (SELECT row_number() OVER"
                        + " (PARTITION BY user_id ORDER BY amount, purchase_id) AS r FROM PURCHASES) w");
    }

    private SkewBenchmark() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        Map<String, String> more =
                Map.of(
                        "rows", "10000000",
                        "shares", "0,50,90",
                        "queries", String.join(",", QUERIES.keySet()));
        Options options = Options.of(arguments, SideBySide.options(more));
        Path folder = options.path("data").resolve("skew-" + options.text("rows"));
        List<String> shares = options.list("shares");
        write(folder, Long.parseLong(options.text("rows")), shares);
        try (SideBySide sides =
                new SideBySide(options, folder, engine -> tables(engine, folder, shares))) {
            Map<String, List<Double>> walls = new LinkedHashMap<>();
            for (String query : options.list("queries")) {
                for (String share : shares) {
                    String name = query + " " + share + " %";
                    sides.run(name, QUERIES.get(query).replace("PURCHASES", "purchases" + share));
                    walls.put(name, sides.walls(name));
                }
            }
            sides.summarise();
            System.out.println("time beside that of " + shares.get(0) + " %, by engine");
            for (String query : options.list("queries")) {
                for (String share : shares.subList(1, shares.size())) {
                    report(query + " " + share + " %", walls, query + " " + shares.get(0) + " %");
                }
            }
        }
    }

    private static void report(String name, Map<String, List<Double>> walls, String even) {
        StringBuilder line = new StringBuilder("%-16s".formatted(name));
        for (int i = 0; i < walls.get(name).size(); i++) {
            line.append("  | %6.2f".formatted(walls.get(name).get(i) / walls.get(even).get(i)));
        }
        System.out.println(line);
    }

    private static List<String> tables(Engine engine, Path folder, List<String> shares) {
        String view =
                engine.name().equals("spark")
                        ? "CREATE TEMPORARY VIEW %s USING parquet OPTIONS (path '%s')"
                        : "CREATE TEMP VIEW %s AS SELECT * FROM '%s'";
        List<String> statements = new ArrayList<>(engine.preparation());
        statements.add(view.formatted("users", folder.resolve("users.parquet")));
        for (String share : shares) {
            String table = "purchases" + share;
            statements.add(view.formatted(table, folder.resolve(table + ".parquet")));
        }
        return statements;
    }

    /** A million users, of whom a fifth bought nothing; some purchases are by nobody known. */
    private static void write(Path folder, long rows, List<String> shares)
            throws IOException, SQLException {
        Files.createDirectories(folder);
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            copy(
                    statement,
                    folder.resolve("users.parquet"),
                    "SELECT i::INTEGER AS user_id, 'user ' || i AS name,"
                            + " ['DE', 'FR', 'US', 'CN', 'IN', 'BR', 'JP', 'GB', 'IT', 'ES'][1 + (hash(i * 11) % 10)::INTEGER] AS country"
                            + " FROM range(1200000) t(i) WHERE i % 6 <> 5 OR i = 999");
            for (String share : shares) {
                copy(
                        statement,
                        folder.resolve("purchases" + share + ".parquet"),
                        ("SELECT i::INTEGER AS purchase_id, (CASE WHEN hash(i * 7 + 1) %% 100 < %s THEN 999"
                                        + " ELSE (hash(i) %% 1000000)::INTEGER END)::INTEGER AS user_id,"
                                        + " (hash(i * 3) %% 10000)::INTEGER AS amount FROM range(%d) t(i)")
                                .formatted(share, rows));
            }
        }
    }

    private static void copy(Statement duckdb, Path file, String query)
            throws IOException, SQLException {
        if (Files.exists(file)) {
            return;
        }
        Path made = file.resolveSibling(file.getFileName() + ".new");
        duckdb.execute(
                "COPY (%s) TO '%s' (FORMAT parquet, COMPRESSION snappy)".formatted(query, made));
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
