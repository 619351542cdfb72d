package org.skep.tests.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cases of the batch processing chapter, as users type them, with the rows they expect. */
class ChapterTest {
    private static final String LOG =
            """
            192.168.1.1 - - [01/Jan/2024:10:00:00 +0000] "GET /index.html HTTP/1.1" 200 1234
            192.168.1.2 - - [01/Jan/2024:10:00:01 +0000] "GET /about.html HTTP/1.1" 200 5678
            192.168.1.3 - - [01/Jan/2024:10:00:02 +0000] "GET /index.html HTTP/1.1" 200 1234
            this line is no request at all
            """;

    @TempDir private Path folder;
    private Connection connection;
    private List<String> warnings;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:skep:" + folder.resolve("warehouse"));
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    /** Runs a statement; its rows, values separated by bars. */
    private List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        warnings = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                try (ResultSet result = statement.getResultSet()) {
                    while (result.next()) {
                        List<String> row = new ArrayList<>();
                        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                            row.add(result.getString(i));
                        }
                        rows.add(String.join("|", row.stream().map(String::valueOf).toList()));
                    }
                }
            }
            for (SQLWarning w = statement.getWarnings(); w != null; w = w.getNextWarning()) {
                warnings.add(w.getMessage());
            }
        }
        return rows;
    }

    private String file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return file.toString();
    }

    private static List<String> sorted(List<String> rows) {
        return rows.stream().sorted().toList();
    }

    private String plan(String sql) throws SQLException {
        return String.join("\n", rows("EXPLAIN " + sql));
    }

    // B01 ------------------------------------------------------------------------------------

    @Test
    void topUrlsOfAnAccessLog() throws Exception {
        file("logs/access.log", LOG);
        rows(
                "CREATE EXTERNAL TABLE access_log USING httpd OPTIONS (format 'common') LOCATION '%s'"
                        .formatted(folder.resolve("logs")));
        String top =
                """
                SELECT request_path AS url, COUNT(*) AS hits
                FROM access_log GROUP BY url ORDER BY hits DESC, url LIMIT 5""";
        assertEquals(List.of("/index.html|2", "/about.html|1"), rows(top));
        assertTrue(
                warnings.stream().anyMatch(warning -> warning.contains("1 ")),
                "the bad line is counted: " + warnings);
    }

    @Test
    void topUrlsByRegexFromPlainGzipAndBzip2() throws Exception {
        Path plain = Path.of(file("logs/access.log", LOG));
        Path gzip = folder.resolve("gzip/access.log.gz");
        Path bzip2 = folder.resolve("bzip2/access.log.bz2");
        Files.createDirectories(gzip.getParent());
        Files.createDirectories(bzip2.getParent());
        try (var out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
            Files.copy(plain, out);
        }
        try (var out = new BZip2CompressorOutputStream(Files.newOutputStream(bzip2))) {
            Files.copy(plain, out);
        }
        for (Path file : List.of(plain, gzip, bzip2)) {
            String sql =
                    """
                    SELECT regexp_extract(line, '"[A-Z]+ ([^ ]+) [^"]*"', 1) AS url, COUNT(*) AS hits
                    FROM text.`%s*` WHERE line RLIKE '"[A-Z]+ [^ ]+ [^"]*" \\\\d{3} '
                    GROUP BY 1 ORDER BY hits DESC LIMIT 5"""
                            .formatted(file);
            assertEquals(List.of("/index.html|2", "/about.html|1"), rows(sql), file.toString());
            String typed =
                    """
                    SELECT request_path, COUNT(*) FROM httpd.`%s`
                    GROUP BY ALL ORDER BY 2 DESC"""
                            .formatted(file);
            assertEquals(List.of("/index.html|2", "/about.html|1"), rows(typed), file.toString());
        }
    }

    // B03, B04, B05 ---------------------------------------------------------------------------

    @Test
    void wordCount() throws Exception {
        file("input/a.txt", "hello world\nhello hadoop\n");
        file("input/b.txt", "world of  big data\n");
        String sql =
                """
                INSERT OVERWRITE DIRECTORY '%s' STORED AS TEXTFILE FIELDS TERMINATED BY '\\t'
                SELECT lower(w) AS word, COUNT(*) AS cnt
                FROM text.`%s/*.txt` LATERAL VIEW explode(regexp_split(trim(line), '\\\\s+')) t AS w
                WHERE w <> '' GROUP BY lower(w) ORDER BY word"""
                        .formatted(folder.resolve("output"), folder.resolve("input"));
        for (int reducers : List.of(0, 1, 7)) {
            rows("SET mapred.reduce.tasks = " + reducers);
            rows(sql);
            List<String> lines = new ArrayList<>();
            try (Stream<Path> parts = Files.list(folder.resolve("output"))) {
                for (Path part : parts.sorted().toList()) {
                    lines.addAll(Files.readAllLines(part));
                }
            }
            assertEquals(
                    List.of("big\t1", "data\t1", "hadoop\t1", "hello\t2", "of\t1", "world\t2"),
                    sorted(lines));
        }
    }

    @Test
    void wikipediaAsTyped() throws Exception {
        String path = file("articles.json", "{\"content\": \"the hive  the bee\"}\n");
        rows("CREATE TEMP VIEW articles AS SELECT * FROM '%s'".formatted(path));
        String sql =
                """
                SELECT word, COUNT(*) as count
                FROM (SELECT unnest(string_to_array(content, ' ')) as word FROM articles) subquery
                GROUP BY word ORDER BY count DESC LIMIT 100""";
        List<String> rows = rows(sql);
        assertEquals("the|2", rows.get(0));
        // Two spaces in a row make an empty word: splitting at one space is not splitting at
        // spaces.
        assertEquals(List.of("bee|1", "hive|1", "the|2", "|1"), sorted(rows));
    }

    // B23, B24, B25, B26 ------------------------------------------------------------------------

    private void products() throws Exception {
        String products =
                IntStream.range(0, 250)
                        .mapToObj(i -> "%d,%s,%d".formatted(i, i < 150 ? "tools" : "honey", i % 10))
                        .collect(Collectors.joining("\n", "id,category,price\n", "\n"));
        String path = file("products.csv", products);
        rows("CREATE TEMP VIEW products AS SELECT * FROM '%s'".formatted(path));
    }

    @Test
    void averagePriceOfLargeCategories() throws Exception {
        products();
        assertEquals(
                List.of("tools|4.5|150"),
                rows(
                        "SELECT category, AVG(price), COUNT(*) FROM products GROUP BY category HAVING COUNT(*) > 100"));
        assertEquals(
                List.of("honey|4.5", "tools|4.5"),
                sorted(rows("SELECT category, AVG(price) FROM products GROUP BY category")));
    }

    @Test
    void usersWithThreeCategories() throws Exception {
        String products = file("products.csv", "id,category\n1,books\n2,games\n3,music\n4,books\n");
        String purchases =
                file(
                        "purchases.csv",
                        "user_id,product_id\n1,1\n1,2\n1,3\n2,1\n2,4\n2,2\n3,3\n3,3\n3,3\n");
        rows("CREATE TEMP VIEW products AS SELECT * FROM '%s'".formatted(products));
        rows("CREATE TEMP VIEW purchases AS SELECT * FROM '%s'".formatted(purchases));
        String sql =
                """
                SELECT user_id FROM purchases p JOIN products pr ON p.product_id = pr.id
                GROUP BY user_id HAVING COUNT(DISTINCT pr.category) >= 3""";
        assertEquals(List.of("1"), rows(sql));
        rows("SET join_strategy = hash");
        rows("SET split_bytes = 1");
        rows("SET shuffle_partitions = 2");
        String plan = plan(sql);
        // The chapter's two jobs: a join by product, then the categories of each user counted.
        assertTrue(plan.contains("hash(product_id)"), plan);
        assertTrue(plan.contains("hash(id)"), plan);
        assertTrue(plan.contains("HashJoin inner on "), plan);
        assertTrue(plan.contains("hash(user_id, category)"), plan);
        assertEquals(List.of("1"), rows(sql));
    }

    @Test
    void pigScriptAsSql() throws Exception {
        products();
        rows(
                """
                INSERT OVERWRITE DIRECTORY '%s' USING csv
                SELECT category, AVG(price) AS avg_price FROM csv.`%s` GROUP BY category"""
                        .formatted(folder.resolve("output"), folder.resolve("products.csv")));
        assertEquals(
                List.of("honey|4.5", "tools|4.5"),
                sorted(rows("SELECT * FROM csv.`%s`".formatted(folder.resolve("output")))));
    }

    // B27, B28, B29 -----------------------------------------------------------------------------

    @Test
    void transformationsAndActions() throws Exception {
        rows("CREATE TEMP VIEW a AS SELECT * FROM (VALUES (1), (2), (3)) t(x)");
        rows("CREATE TEMP VIEW b AS SELECT * FROM (VALUES (2), (3), (4)) t(x)");
        assertEquals(List.of("2", "4", "6"), sorted(rows("SELECT x * 2 FROM a")));
        assertEquals(List.of("2", "3"), sorted(rows("SELECT x FROM a WHERE x > 1")));
        assertEquals(
                List.of("1", "1", "2", "2"),
                sorted(rows("SELECT explode(array(x, x)) AS y FROM a WHERE x < 3")));
        assertEquals(6, rows("SELECT x FROM a UNION ALL SELECT x FROM b").size());
        assertEquals(List.of("2", "3"), sorted(rows("SELECT x FROM a INTERSECT SELECT x FROM b")));
        assertEquals(List.of("2|2", "3|3"), sorted(rows("SELECT * FROM a JOIN b ON a.x = b.x")));
        assertEquals(List.of("6"), rows("SELECT SUM(x) FROM a"));
        assertEquals(2, rows("SELECT x FROM a LIMIT 2").size());
    }

    @Test
    void usersJson() throws Exception {
        String path =
                file(
                        "users.json",
                        """
                        {"name": "Alice", "age": 34, "email": "alice@example.org"}
                        {"name": "Bob", "age": 17, "email": "bob@example.org"}
                        {"name": "Carol", "age": 34, "email": null}
                        """);
        rows("CREATE TEMP VIEW users AS SELECT * FROM json.`%s`".formatted(path));
        assertEquals(
                List.of("name|string|true|null", "age|bigint|true|null", "email|string|true|null"),
                rows("DESCRIBE users"));
        assertEquals(
                List.of("Alice|34", "Bob|17", "Carol|34"),
                sorted(rows("SELECT name, age FROM users")));
        assertEquals(
                List.of("Alice|34|alice@example.org", "Carol|34|null"),
                sorted(rows("SELECT * FROM users WHERE age >= 18")));
        assertEquals(
                List.of("17|1", "34|2"),
                sorted(rows("SELECT age, COUNT(*) FROM users GROUP BY age")));
        String plan = plan("SELECT name, age FROM users WHERE age > 9 + 9");
        assertTrue(plan.contains("[name, age] where age > 18"), plan);
        assertFalse(plan.contains("email"), plan);
    }

    // B31, B32, B33 -----------------------------------------------------------------------------

    private void usersAndPurchases() throws Exception {
        String users = file("users.txt", "1,Alice\n2,Bob\n3,Carol\n");
        String purchases = file("purchases.txt", "101,1,50\n102,2,30\n103,1,25\n");
        rows(
                "CREATE TABLE users USING csv OPTIONS (header false, columns 'user_id INT, name STRING') LOCATION '%s'"
                        .formatted(users));
        rows(
                "CREATE TABLE purchases USING csv OPTIONS (header false, columns 'purchase_id INT, user_id INT, amount INT') LOCATION '%s'"
                        .formatted(purchases));
    }

    @Test
    void reduceSideJoin() throws Exception {
        usersAndPurchases();
        String sql =
                """
                SELECT /*+ SHUFFLE_MERGE(u,p) */ u.user_id, u.name, p.purchase_id, p.amount
                FROM users u JOIN purchases p USING (user_id)""";
        List<String> expected = List.of("1|Alice|101|50", "1|Alice|103|25", "2|Bob|102|30");
        assertEquals(expected, sorted(rows(sql)));
        assertEquals(List.of(), warnings);
        assertTrue(plan(sql).contains("MergeJoin"));
        String plain = sql.substring(0, 7) + sql.substring(sql.indexOf("*/") + 2);
        rows("SET join_strategy = merge");
        assertTrue(plan(plain).contains("MergeJoin"));
        assertEquals(expected, sorted(rows(plain)));
    }

    @Test
    void broadcastJoinWithDefault() throws Exception {
        usersAndPurchases();
        String more = file("more.txt", "101,1,50\n104,99,10\n");
        rows(
                "CREATE OR REPLACE TABLE purchases USING csv OPTIONS (header false, columns 'purchase_id INT, user_id INT, amount INT') LOCATION '%s'"
                        .formatted(more));
        String sql =
                """
                SELECT p.user_id, COALESCE(u.name,'Unknown') AS name, p.purchase_id, p.amount
                FROM purchases p LEFT JOIN users u ON u.user_id = p.user_id""";
        assertEquals(List.of("1|Alice|101|50", "99|Unknown|104|10"), sorted(rows(sql)));
        rows("SET split_bytes = 1");
        String plan = plan(sql);
        assertTrue(plan.contains("BroadcastJoin left"), plan);
        assertFalse(plan.contains("hash("), "nothing is shuffled: " + plan);
    }

    @Test
    void revenuePerCountry() throws Exception {
        String users = file("users.csv", "user_id,country\n1,DE\n2,FR\n3,DE\n");
        String purchases = file("purchases.csv", "user_id,amount\n1,50\n2,30\n1,25\n3,5\n");
        rows("CREATE TEMP VIEW users AS SELECT * FROM '%s'".formatted(users));
        rows("CREATE TEMP VIEW purchases AS SELECT * FROM '%s'".formatted(purchases));
        String sql =
                "SELECT u.country, SUM(p.amount) AS revenue FROM purchases p JOIN users u USING (user_id) GROUP BY u.country";
        for (String strategy : List.of("auto", "broadcast", "hash", "merge")) {
            rows("SET join_strategy = " + strategy);
            assertEquals(List.of("DE|80", "FR|30"), sorted(rows(sql)), strategy);
        }
    }

    // B38, B39, B40 -----------------------------------------------------------------------------

    @Test
    void averagePurchaseByUser() throws Exception {
        rows(
                "CREATE TEMP VIEW purchases AS SELECT * FROM (VALUES (1, 50), (1, 25), (2, 30), (2, 40), (2, 20)) t(user_id, amount)");
        assertEquals(
                List.of("1|37.5", "2|30.0"),
                sorted(rows("SELECT user_id, AVG(amount) FROM purchases GROUP BY user_id")));
    }

    @Test
    void topTenProductsPerCategory() throws Exception {
        String products =
                IntStream.range(0, 60)
                        .mapToObj(i -> "p%02d,%s,%d".formatted(i, i % 2 == 0 ? "a" : "b", i * 10))
                        .collect(Collectors.joining("\n", "name,category,sales\n", "\n"));
        String path = file("products.csv", products);
        rows("CREATE TEMP VIEW products AS SELECT * FROM '%s'".formatted(path));
        List<String> qualified =
                rows(
                        "SELECT * FROM products QUALIFY row_number() OVER (PARTITION BY category ORDER BY sales DESC) <= 10");
        List<String> ranked =
                rows(
                        "SELECT * FROM (SELECT p.*, row_number() OVER (PARTITION BY category ORDER BY sales DESC) AS rank FROM products p) WHERE rank <= 10");
        assertEquals(20, qualified.size());
        assertTrue(qualified.contains("p58|a|580") && qualified.contains("p40|a|400"));
        assertFalse(qualified.contains("p38|a|380"));
        assertEquals(20, ranked.size());
        assertTrue(ranked.contains("p59|b|590|1") && ranked.contains("p41|b|410|10"));
    }

    @Test
    void movingAverage() throws Exception {
        String days =
                IntStream.rangeClosed(1, 10)
                        .mapToObj(i -> "(1, DATE '2024-01-%02d', %d)".formatted(i, 10 * i))
                        .collect(Collectors.joining(", "));
        rows(
                "CREATE TEMP VIEW purchases AS SELECT * FROM (VALUES %s) t(user_id, date, amount)"
                        .formatted(days));
        String eight =
                "SELECT user_id, date, AVG(amount) OVER (PARTITION BY user_id ORDER BY date ROWS BETWEEN 7 PRECEDING AND CURRENT ROW) AS avg_7d FROM purchases ORDER BY date";
        assertEquals("1|2024-01-10|65.0", rows(eight).get(9));
        assertTrue(
                warnings.stream().anyMatch(warning -> warning.startsWith("L0102")),
                "eight rows called seven: " + warnings);
        assertEquals("1|2024-01-10|70.0", rows(eight.replace("7 PREC", "6 PREC")).get(9));
        String range =
                "SELECT user_id, date, AVG(amount) OVER (PARTITION BY user_id ORDER BY date RANGE BETWEEN INTERVAL 6 DAY PRECEDING AND CURRENT ROW) AS avg_7d FROM purchases WHERE date <> DATE '2024-01-07' ORDER BY date";
        // Without the 7th the frame has six rows: 4, 5, 6, 8, 9 and 10.
        assertEquals("1|2024-01-10|70.0", rows(range).get(8));
        assertEquals("1|2024-01-09|" + (30 + 40 + 50 + 60 + 80 + 90) / 6.0, rows(range).get(7));
    }

    // B47 ---------------------------------------------------------------------------------------

    @Test
    void spotifyFeaturesAsTyped() throws Exception {
        LocalDate today = LocalDate.now();
        String history =
                """
                user_id,artist,song_duration,play_time,date
                1,Nina,200,%1$s 23:30:00,%1$s
                1,Miles,100,%1$s 03:00:00,%1$s
                1,Miles,300,%2$s 12:00:00,%2$s
                """
                        .formatted(today.minusDays(1), today.minusDays(60));
        String path = file("history.csv", history);
        rows("CREATE TEMP VIEW listening_history AS SELECT * FROM '%s'".formatted(path));
        String sql =
                """
                SELECT
                    user_id,
                    COUNT(DISTINCT artist) as artist_diversity,
                    COUNT(*) as total_plays,
                    AVG(song_duration) as avg_song_duration,
                    COUNT(DISTINCT CAST(play_time AS DATE)) as days_active,
                    SUM(CASE WHEN hour(play_time) BETWEEN 22 AND 6 THEN 1 ELSE 0 END) as night_plays
                FROM listening_history
                WHERE date >= current_date() - INTERVAL 30 DAYS
                GROUP BY user_id""";
        assertEquals(List.of("1|2|2|150.0|1|0"), rows(sql));
        assertTrue(
                warnings.stream().anyMatch(warning -> warning.startsWith("L0101 (line 7)")),
                "never true: " + warnings);
        String meant = sql.replace("BETWEEN 22 AND 6", ">= 22 OR hour(play_time) <= 6");
        assertEquals(List.of("1|2|2|150.0|1|2"), rows(meant));
        assertEquals(List.of(), warnings);
    }
}
