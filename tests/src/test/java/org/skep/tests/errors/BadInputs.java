package org.skep.tests.errors;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Files of which each has one thing wrong with it. */
final class BadInputs {
    private static final String READINGS =
            """
            id,value,day
            1,10,2024-01-01
            2,20,2024-01-02
            3,30,2024-01-03
            4,40,2024-01-04
            5,50,2024-01-05
            6,n/a,2024-01-06
            7,70,2024-01-07
            """;

    private BadInputs() {}

    static void write(Path folder, Connection connection) throws IOException, SQLException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("readings.csv"), READINGS);
        Files.writeString(folder.resolve("ragged.csv"), "a,b\n1,2\n3,4,5\n");
        Files.writeString(folder.resolve("open-quote.csv"), "a,b\n1,\"x\n2,y\n");
        Files.writeString(
                folder.resolve("broken.json"), "{\"a\": 1}\n{\"a\" 2, \"b\": 3}\n{\"a\": 3}\n");
        Files.writeString(folder.resolve("empty.csv"), "");
        Files.createDirectories(folder.resolve("nothing"));
        byte[] packed = gzip(READINGS.repeat(50));
        Files.write(folder.resolve("truncated.csv.gz"), Arrays.copyOf(packed, packed.length - 20));
        byte[] damaged = packed.clone();
        damaged[packed.length / 2] ^= 0x55;
        Files.write(folder.resolve("damaged.csv.gz"), damaged);
        parquet(folder, connection);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static void parquet(Path folder, Connection connection)
            throws IOException, SQLException {
        Path good = folder.resolve("good");
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT OVERWRITE DIRECTORY '%s' USING parquet OPTIONS (compression none) SELECT n FROM generate_series(1, 1000) t(n)"
                            .formatted(good));
        }
        byte[] bytes;
        try (var files = Files.list(good)) {
            bytes = Files.readAllBytes(files.findFirst().orElseThrow());
        }
        Files.write(folder.resolve("truncated.parquet"), Arrays.copyOf(bytes, bytes.length / 2));
        byte[] damaged = bytes.clone();
        damaged[60] ^= 0x55;
        Files.write(folder.resolve("damaged.parquet"), damaged);
        byte[] footless = bytes.clone();
        Arrays.fill(footless, bytes.length - 60, bytes.length - 8, (byte) 0x7f);
        Files.write(folder.resolve("footless.parquet"), footless);
        Files.writeString(folder.resolve("text.parquet"), READINGS);
    }
}
