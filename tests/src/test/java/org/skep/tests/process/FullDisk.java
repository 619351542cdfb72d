package org.skep.tests.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;

/**
 * Fills a small disk by writing to a table, and prints what is seen then, a line each. Arguments:
 * the folder, on that disk; one for temporary files, on another.
 */
final class FullDisk {
    private final Path folder;
    private final Statement statement;

    private FullDisk(Path folder, Statement statement) {
        this.folder = folder;
        this.statement = statement;
    }

    public static void main(String[] arguments) throws SQLException, IOException {
        Path folder = Path.of(arguments[0]);
        try (Connection connection =
                        DriverManager.getConnection("jdbc:skep:" + folder.resolve("warehouse"));
                Statement statement = connection.createStatement()) {
            statement.execute("SET temp_directory = '%s'".formatted(arguments[1]));
            new FullDisk(folder, statement).run();
        }
    }

    private void run() throws SQLException, IOException {
        statement.execute("CREATE TABLE t AS SELECT CAST(0 AS BIGINT) AS id, 'first' AS s");
        attempt(
                "INSERT INTO t SELECT range, sha256(CAST(range AS STRING)) FROM generate_series(1, 3000000) g(range)");
        attempt(
                "INSERT OVERWRITE DIRECTORY '%s' SELECT range, sha256(CAST(range AS STRING)) FROM generate_series(1, 3000000) g(range)"
                        .formatted(folder.resolve("out")));
        statement.execute("INSERT INTO t VALUES (1, 'second')");
        System.out.println("in the end " + rows());
    }

    private void attempt(String sql) throws SQLException, IOException {
        String before = "%s, %s".formatted(rows(), files());
        try {
            statement.execute(sql);
            System.out.println("no error");
        } catch (SQLException e) {
            System.out.printf("%s: %s%n", e.getSQLState(), e.getMessage().replace('\n', ' '));
        }
        String after = "%s, %s".formatted(rows(), files());
        System.out.println(before.equals(after) ? "as before" : before + " -> " + after);
    }

    private String rows() throws SQLException {
        try (ResultSet result = statement.executeQuery("SELECT count(*), max(s) FROM t")) {
            result.next();
            return "%d rows to '%s'".formatted(result.getLong(1), result.getString(2));
        }
    }

    /** Sizes of all files, of those of the catalog only how many there are. */
    private String files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            long count = 0;
            long bytes = 0;
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                count++;
                boolean catalog = path.getFileName().toString().startsWith("catalog.sqlite");
                bytes += catalog ? 0 : Files.size(path);
            }
            return "%d files of %d bytes".formatted(count, bytes);
        }
    }
}
