package org.skep.executor.format.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Expr;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/** Damaged files give an error that says where, or rows; nothing else, and soon. */
class MutantTest {
    private static final int MUTANTS = 500;
    private static final long SLOWEST_MILLIS = 2000;

    @TempDir Path folder;

    @Test
    void oursWithChecksums() throws Exception {
        for (String codec : List.of("zstd", "snappy", "uncompressed")) {
            Path file = folder.resolve("ours.parquet");
            Schema schema =
                    Schema.parse(
                            "a BIGINT, s STRING, d DECIMAL(25,2), b BOOLEAN, f DOUBLE, i INTEGER, "
                                    + "l ARRAY<STRING>, m MAP<STRING,INTEGER>");
            RandomRows random = new RandomRows(codec.hashCode());
            RandomRows.write(
                    file,
                    schema,
                    random.batches(schema, random.rows(schema, 400)),
                    Map.of("compression", codec, "row_group_rows", "150"));
            mutate(file);
        }
    }

    @Test
    void duckDbWithoutChecksums() throws Exception {
        try (Duck duck = new Duck()) {
            for (String options :
                    List.of(
                            "COMPRESSION snappy",
                            "COMPRESSION uncompressed",
                            "COMPRESSION uncompressed, PARQUET_VERSION v2",
                            "COMPRESSION gzip",
                            "COMPRESSION lz4_raw, PARQUET_VERSION v2")) {
                Path file = folder.resolve("duck.parquet");
                duck.run(
                        """
                        COPY (SELECT i::INTEGER AS i, i * 77777777777 AS l, 'text' || i %% 50 AS few,
                          repeat('abc', (i %% 9)::INTEGER) || i AS many, i / 7.0 AS d,
                          CASE WHEN i %% 3 = 0 THEN NULL ELSE i %% 2 = 0 END AS b,
                          CASE WHEN i %% 4 = 0 THEN NULL ELSE [i, NULL, i + 1] END AS list,
                          {'x': i, 'y': 'z' || i} AS s, DATE '2020-01-01' + i::INTEGER AS day
                        FROM range(300) r(i)) TO '%s' (FORMAT parquet, %s)
                        """
                                .formatted(file, options));
                mutate(file);
            }
        }
    }

    /**
     * Checksums of pages, and counts that must agree, leave no flipped bit among the pages unseen.
     */
    @Test
    void aFlippedBitAmongThePagesIsAnErrorOrHarmless() throws Exception {
        Path file = folder.resolve("flip.parquet");
        Schema schema = Schema.parse("a BIGINT, s STRING, f DOUBLE, i INTEGER");
        RandomRows random = new RandomRows(17);
        List<List<Object>> rows = random.rows(schema, 300);
        RandomRows.write(file, schema, random.batches(schema, rows), Map.of());
        byte[] good = Files.readAllBytes(file);
        Footer footer;
        try (FileChannel channel = FileChannel.open(file)) {
            footer = Footer.read(channel, file.toString());
        }
        long[] extent = footer.extent(0);
        for (int bit = (int) extent[0] * 8; bit < (extent[0] + extent[1]) * 8; bit += 3) {
            byte[] bad = good.clone();
            bad[bit >>> 3] ^= (byte) (1 << (bit & 7));
            write(file, bad, bit);
            try {
                ReadDuckFilesTest.same(rows, Reading.rows(file));
            } catch (QueryException e) {
                assertEquals(ErrorCode.CORRUPT_FILE, e.code());
            } catch (AssertionError e) {
                throw new AssertionError("bit %d of %d".formatted(bit, bad.length * 8), e);
            }
        }
    }

    private void mutate(Path file) throws Exception {
        byte[] good = Files.readAllBytes(file);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int errors = 0;
        for (int i = 0; i < MUTANTS; i++) {
            byte[] bad = mutant(good, random);
            Path mutant = folder.resolve("mutant.parquet");
            write(mutant, bad, i);
            long begun = System.nanoTime();
            try {
                read(mutant);
            } catch (QueryException e) {
                errors++;
                assertTrue(e.getMessage() != null && !e.getMessage().isBlank());
            } catch (Throwable e) {
                Path kept = Files.createTempFile("mutant", ".parquet");
                Files.write(kept, bad);
                throw new AssertionError(
                        "seed %d, mutant %d kept as %s".formatted(seed, i, kept), e);
            }
            long millis = (System.nanoTime() - begun) / 1_000_000;
            assertTrue(
                    millis < SLOWEST_MILLIS,
                    "seed %d, mutant %d".formatted(seed, i) + " took " + millis);
        }
        assertTrue(errors > MUTANTS / 20, "only %d errors".formatted(errors));
    }

    /** Another time for every mutant, or the footer of the one before would be remembered. */
    private static void write(Path file, byte[] bytes, int number) throws IOException {
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000L + number));
    }

    private static void read(Path file) {
        var table = Reading.table(Reading.format(), null, file);
        Reading.rows(table, Reading.SETTINGS);
        int column = table.schema().indexOf("i");
        if (column >= 0 && table.schema().type(column).equals(Type.INTEGER)) {
            Expr few =
                    new Expr.Compare(
                            Expr.Comparison.LESS,
                            new Expr.Input(column, Type.INTEGER),
                            new Expr.Literal(40, Type.INTEGER));
            Reading.rows(table, Reading.SETTINGS, few);
        }
    }

    private static byte[] mutant(byte[] good, Random random) {
        byte[] bad = good.clone();
        int footer = 0;
        for (int i = 0; i < 4; i++) {
            footer |= (good[good.length - 8 + i] & 0xFF) << 8 * i;
        }
        boolean inFooter = random.nextInt(3) == 0;
        int from = inFooter ? good.length - 8 - footer : 4;
        int span = inFooter ? footer + 8 : good.length - 8 - footer - 4;
        switch (random.nextInt(5)) {
            case 0 -> bad[from + random.nextInt(span)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bad[from + random.nextInt(span)] = (byte) random.nextInt(256);
            case 2 -> {
                for (int i = 0; i < 4; i++) {
                    bad[from + random.nextInt(span)] = (byte) (random.nextBoolean() ? -1 : 0x7F);
                }
            }
            case 3 -> {
                return Arrays.copyOf(good, random.nextInt(good.length));
            }
            default -> {
                int length = 1 + random.nextInt(Math.min(200, span / 2));
                int a = from + random.nextInt(span - length);
                int b = from + random.nextInt(span - length);
                System.arraycopy(good, a, bad, b, length);
            }
        }
        return bad;
    }

    @Test
    void anErrorSaysWhere() throws Exception {
        Path file = folder.resolve("where.parquet");
        Schema schema = Schema.parse("a BIGINT, s STRING");
        RandomRows random = new RandomRows(3);
        RandomRows.write(
                file,
                schema,
                random.batches(schema, random.rows(schema, 5000)),
                Map.of("row_group_rows", "2000"));
        byte[] bytes = Files.readAllBytes(file);
        bytes[100] ^= 1;
        Files.write(file, bytes);
        QueryException e =
                org.junit.jupiter.api.Assertions.assertThrows(
                        QueryException.class, () -> Reading.rows(file));
        assertTrue(
                e.getMessage().contains(file + ", row group 0, column a, offset "), e.getMessage());
    }
}
