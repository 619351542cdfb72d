package org.skep.tests.log;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * The five most wanted pages of a web server's log in eight gzip files: Skep beside {@code zcat |
 * awk | sort | uniq -c | sort -rn | head} over the same files, in turn. The first run of Skep is
 * cold; the table shows it and the medians, and the answers are compared.
 *
 * <p>Arguments: a folder for the files, the number of lines, the runs (3).
 */
public final class AccessLogBenchmark {
    private static final int FILES = 8;
    private static final int PAGES = 20_000;
    private static final String PIPELINE =
            "zcat %s/*.gz | awk '{print $7}' | sort | uniq -c | sort -rn | head -n 5";
    private static final String QUERY =
            "SELECT request_path, count(*) AS hits FROM log.`%s/*.gz`"
                    + " GROUP BY request_path ORDER BY hits DESC, request_path LIMIT 5";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss", Locale.ENGLISH);

    private AccessLogBenchmark() {}

    public static void main(String[] arguments)
            throws IOException, SQLException, InterruptedException {
        int lines = Integer.parseInt(arguments[1]);
        int runs = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        Path folder = Path.of(arguments[0], "lines-" + lines).toAbsolutePath();
        generate(folder, lines);
        Path warehouse = Files.createTempDirectory("skep-benchmark");
        try (Connection skep = DriverManager.getConnection("jdbc:skep:" + warehouse)) {
            double[] ours = new double[runs];
            double[] theirs = new double[runs];
            double first = 0;
            for (int run = 0; run < runs; run++) {
                long start = System.nanoTime();
                List<String> mine = query(skep, folder);
                ours[run] = (System.nanoTime() - start) / 1e9;
                first = run == 0 ? ours[0] : first;
                start = System.nanoTime();
                List<String> other = pipeline(folder);
                theirs[run] = (System.nanoTime() - start) / 1e9;
                if (!mine.equals(other)) {
                    throw new IllegalStateException(mine + " is not " + other);
                }
            }
            System.out.printf(
                    "%d lines in %d files, %d runs, Java %s, equal answers%n"
                            + "skep: first %.2f s, median %.2f s; pipeline: median %.2f s; ratio %.3f%n",
                    lines,
                    FILES,
                    runs,
                    System.getProperty("java.version"),
                    first,
                    median(ours),
                    median(theirs),
                    median(ours) / median(theirs));
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static List<String> query(Connection skep, Path folder) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = skep.createStatement();
                ResultSet result = statement.executeQuery(QUERY.formatted(folder))) {
            while (result.next()) {
                rows.add(result.getLong(2) + " " + result.getString(1));
            }
        }
        return rows;
    }

    private static List<String> pipeline(Path folder) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder("sh", "-c", PIPELINE.formatted(folder))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the pipeline failed");
        }
        return text.lines().map(String::strip).toList();
    }

    /** Pages are wanted about as often as words are used: the n-th one n times less. */
    private static void generate(Path folder, int lines) throws IOException {
        Files.createDirectories(folder);
        Random random = new Random(lines);
        LocalDateTime time = LocalDateTime.of(2026, 1, 15, 0, 0);
        for (int file = 0; file < FILES; file++) {
            Path target = folder.resolve("access-%d.log.gz".formatted(file));
            if (Files.exists(target)) {
                continue;
            }
            Path made = folder.resolve(target.getFileName() + ".new");
            try (BufferedWriter out =
                    new BufferedWriter(
                            new OutputStreamWriter(
                                    new GZIPOutputStream(Files.newOutputStream(made)),
                                    StandardCharsets.UTF_8))) {
                for (int line = file; line < lines; line += FILES) {
                    out.write(line(random, time.plusSeconds(line / 20)));
                    out.write('\n');
                }
            }
            Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static String line(Random random, LocalDateTime time) {
        int page = (int) Math.pow(PAGES, random.nextDouble());
        return "10.%d.%d.%d - - [%s +0000] \"GET /%s/%d.html HTTP/1.1\" %d %d"
                .formatted(
                        random.nextInt(4),
                        random.nextInt(256),
                        random.nextInt(256),
                        TIME.format(time),
                        page % 7 == 0 ? "blog" : "products",
                        page,
                        random.nextInt(20) == 0 ? 404 : 200,
                        200 + random.nextInt(20_000));
    }
}
