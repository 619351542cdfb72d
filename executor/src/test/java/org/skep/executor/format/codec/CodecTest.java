package org.skep.executor.format.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.xerial.snappy.Snappy;

class CodecTest {
    @TempDir Path folder;

    private static byte[] sample(int size) {
        Random random = new Random(size);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (out.size() < size) {
            String line = random.nextInt(1000) + "," + "ab".repeat(random.nextInt(9)) + "\n";
            out.writeBytes(line.getBytes(StandardCharsets.UTF_8));
        }
        return Arrays.copyOf(out.toByteArray(), size);
    }

    private static byte[] read(String path) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[10_007];
        try (ByteSource source = StoredFile.open(path)) {
            int count;
            do {
                count = source.read(buffer, 0, buffer.length);
                out.write(buffer, 0, count);
            } while (count == buffer.length);
        }
        return out.toByteArray();
    }

    private byte[] packed(Codec codec, byte[] plain) throws IOException {
        Path file = folder.resolve("packed");
        try (FileSink sink = new FileSink(file, codec)) {
            sink.write(plain, 0, plain.length);
            sink.finish();
        }
        return Files.readAllBytes(file);
    }

    private String stored(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("x.bin"), bytes).toString();
    }

    private static byte[] joined(byte[] a, byte[] b) {
        byte[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    @ParameterizedTest
    @EnumSource(value = Codec.class, mode = EnumSource.Mode.EXCLUDE, names = "HADOOP_SNAPPY")
    void whatIsWrittenIsRead(Codec codec) throws IOException {
        for (int size : new int[] {0, 1, 50, 300_000, 1_200_000}) {
            byte[] plain = sample(size);
            byte[] packed = packed(codec, plain);
            String path = stored(packed);
            assertEquals(codec, StoredFile.codec(path));
            assertArrayEquals(plain, read(path), codec + " " + size);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Codec.class,
            names = {"GZIP", "BZIP2", "ZSTD", "LZ4", "XZ"})
    void concatenatedFilesAreReadToTheEnd(Codec codec) throws IOException {
        byte[] one = sample(70_000);
        byte[] two = sample(1234);
        String path = stored(joined(packed(codec, one), packed(codec, two)));
        assertArrayEquals(joined(one, two), read(path));
    }

    @Test
    void hadoopSnappy() throws IOException {
        byte[] plain = sample(500_000);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int from = 0; from < plain.length; from += 200_000) {
            byte[] block = Arrays.copyOfRange(plain, from, Math.min(plain.length, from + 200_000));
            out.writeBytes(bigEndian(block.length));
            for (int at = 0; at < block.length; at += 65_536) {
                byte[] piece = Arrays.copyOfRange(block, at, Math.min(block.length, at + 65_536));
                byte[] packed = Snappy.compress(piece);
                out.writeBytes(bigEndian(packed.length));
                out.writeBytes(packed);
            }
        }
        String path = stored(out.toByteArray());
        assertEquals(Codec.HADOOP_SNAPPY, StoredFile.codec(path));
        assertArrayEquals(plain, read(path));
        assertCorruptOrEqual(out.toByteArray(), plain);
    }

    private static byte[] bigEndian(int value) {
        return new byte[] {
            (byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value
        };
    }

    @ParameterizedTest
    @EnumSource(
            value = Codec.class,
            names = {"GZIP", "BZIP2", "ZSTD", "LZ4", "XZ", "SNAPPY"})
    void damageIsAnErrorThatNamesTheFile(Codec codec) throws IOException {
        byte[] plain = sample(120_000);
        assertCorruptOrEqual(packed(codec, plain), plain);
    }

    /** Every damaged file is read right all the same, or refused as corrupt; never otherwise. */
    private void assertCorruptOrEqual(byte[] packed, byte[] plain) throws IOException {
        Random random = new Random(5);
        int refused = 0;
        for (int round = 0; round < 90; round++) {
            byte[] damaged = packed.clone();
            if (round % 3 == 0) {
                damaged = Arrays.copyOf(packed, 12 + random.nextInt(packed.length - 12));
            } else {
                int at = 10 + random.nextInt(packed.length - 10);
                damaged[at] ^= (byte) (1 << random.nextInt(8));
            }
            String path = stored(damaged);
            try {
                byte[] found = read(path);
                if (round % 3 != 0) {
                    refused +=
                            Arrays.equals(found, plain) ? 0 : -1000; // damage that no one noticed
                }
            } catch (QueryException e) {
                refused++;
                assertEquals(ErrorCode.CORRUPT_FILE, e.code());
                assertTrue(e.getMessage().contains("x.bin"), e.getMessage());
                assertTrue(e.getMessage().contains("byte "), e.getMessage());
            }
        }
        boolean checksummed = Codec.of(packed, 16) != Codec.HADOOP_SNAPPY;
        assertTrue(!checksummed || refused > 30, "refused " + refused);
    }

    @Test
    void gzipWithNameAndPadding() throws IOException {
        byte[] plain = sample(1000);
        byte[] packed = packed(Codec.GZIP, plain);
        byte[] header = {0x1F, (byte) 0x8B, 8, 8, 0, 0, 0, 0, 0, 3, 'a', '.', 'c', 's', 'v', 0};
        byte[] named = joined(header, Arrays.copyOfRange(packed, 10, packed.length));
        assertArrayEquals(plain, read(stored(joined(named, new byte[512]))));
    }

    @Test
    void aBombIsReadInPieces() throws IOException {
        byte[] megabyte = new byte[1 << 20];
        Path file = folder.resolve("bomb.gz");
        try (FileSink sink = new FileSink(file, Codec.GZIP)) {
            for (int i = 0; i < 100; i++) {
                sink.write(megabyte, 0, megabyte.length);
            }
            sink.finish();
        }
        long total = 0;
        try (ByteSource source = StoredFile.open(file.toString())) {
            int count;
            do {
                count = source.read(megabyte, 0, megabyte.length);
                total += count;
            } while (count == megabyte.length);
        }
        assertEquals(100L << 20, total);
    }

    @Test
    void textIsNoCodec() {
        for (String text :
                List.of("", "a", "id,name\n1,x\n", "BZh is not one", "\0\0\0\5abcdefgh")) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            assertEquals(Codec.NONE, Codec.of(Arrays.copyOf(bytes, 16), bytes.length), text);
        }
    }

    @Test
    void linesOfBzip2Stretches() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        Random random = new Random(3);
        for (int i = 0; i < 30_000; i++) {
            String line = i + " " + "z".repeat(random.nextInt(20)) + random.nextInt() + "\n";
            text.writeBytes(line.getBytes(StandardCharsets.UTF_8));
        }
        byte[] plain = text.toByteArray();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (var out = new BZip2CompressorOutputStream(packed, 1)) { // blocks of 100 kB
            out.write(plain);
        }
        byte[] twice = joined(packed.toByteArray(), packed.toByteArray());
        String path = stored(twice);
        byte[] expected = joined(plain, plain);
        for (int stretches : new int[] {1, 2, 3, 7, 40, 1000}) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            List<Integer> sizes = new ArrayList<>();
            long step = twice.length / stretches + 1;
            for (long at = 0; at < twice.length; at += step) {
                byte[] part = lines(path, at, Math.min(at + step, twice.length));
                assertFalse(part.length > 0 && part[part.length - 1] != '\n');
                sizes.add(part.length);
                all.writeBytes(part);
            }
            assertArrayEquals(expected, all.toByteArray(), stretches + " " + sizes);
            assertTrue(stretches < 5 || sizes.stream().filter(s -> s > 0).count() > 4);
        }
    }

    private static byte[] lines(String path, long start, long end) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[5000];
        try (ByteSource source = StoredFile.bzip2Lines(path, start, end)) {
            int count;
            do {
                count = source.read(buffer, 0, buffer.length);
                out.write(buffer, 0, count);
            } while (count == buffer.length);
        }
        return out.toByteArray();
    }

    @Test
    void whatCannotBeReadIsSaid() {
        QueryException missing =
                assertThrows(
                        QueryException.class,
                        () -> StoredFile.open(folder.resolve("none").toString()));
        assertEquals(ErrorCode.FILE_NOT_FOUND, missing.code());
        QueryException folderItself =
                assertThrows(QueryException.class, () -> read(folder.toString()));
        assertEquals(ErrorCode.FILE_NOT_READABLE, folderItself.code());
        assertThrows(QueryException.class, () -> Codec.named("gzpi"));
        assertEquals(Codec.GZIP, Codec.named("GZ"));
    }
}
