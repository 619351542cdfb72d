package org.skep.tests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.skep.tests.tpch.TpchData;

/**
 * Counts and groups TPC-H's lineitem as text, plain and compressed, sniffing included: CSV and JSON
 * lines, which DuckDB writes first. BENCHMARKS.md has the options.
 */
public final class TextBenchmark {
    private static final String GROUPS =
            "SELECT l_returnflag, l_linestatus, count(*), sum(l_quantity), sum(l_extendedprice)"
                    + " FROM '%s' GROUP BY l_returnflag, l_linestatus";

    private TextBenchmark() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        String all = "lineitem.csv,lineitem.csv.gz,lineitem.json,lineitem.json.gz";
        Options options = Options.of(arguments, SideBySide.options(Map.of("files", all)));
        Path folder = TpchData.parquet(options.path("data"), options.decimal("scale"));
        for (String file : options.list("files")) {
            write(folder, folder.resolve(file));
        }
        System.out.printf("lineitem as text, scale %s%n", options.text("scale"));
        try (SideBySide sides = new SideBySide(options, folder, engine -> List.of())) {
            for (String file : options.list("files")) {
                Path path = folder.resolve(file);
                String name = file.substring(file.indexOf('.') + 1);
                sides.run(name + " count", "SELECT count(*) FROM '%s'".formatted(path));
                sides.run(name + " groups", GROUPS.formatted(path));
            }
            sides.summarise();
        }
    }

    private static void write(Path folder, Path file) throws IOException, SQLException {
        if (Files.exists(file)) {
            return;
        }
        boolean json = file.toString().contains(".json");
        String format = json ? "FORMAT json" : "FORMAT csv, HEADER";
        String compression = file.toString().endsWith(".gz") ? ", COMPRESSION gzip" : "";
        Path made = file.resolveSibling(file.getFileName() + ".new");
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute(
                    "COPY (FROM '%s') TO '%s' (%s%s)"
                            .formatted(
                                    folder.resolve("lineitem.parquet"), made, format, compression));
        }
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
