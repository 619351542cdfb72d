package org.skep.executor.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.executor.kernel.RandomRows;
import org.skep.model.data.Batch;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

class SpillFileTest {
    @TempDir Path temp;

    @Test
    void rowsOfAllTypesSurvive() throws IOException {
        RandomRows data = new RandomRows(1, 50, 0.2);
        List<Batch> batches = data.batches(RandomRows.ALL_TYPES, 700, 200);
        try (SpillFolder folder = new SpillFolder(temp.toString(), "q1")) {
            SpillFile file = folder.create(RandomRows.ALL_TYPES);
            List<SpillFile.Block> blocks = new ArrayList<>();
            batches.forEach(batch -> blocks.add(file.append(batch)));
            BatchSource source = file.source(blocks);
            List<Batch> read = new ArrayList<>();
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                read.add(batch);
            }
            assertEquals(RandomRows.boxed(batches), RandomRows.boxed(read));
            assertEquals(
                    RandomRows.boxed(List.of(batches.get(1))),
                    RandomRows.boxed(List.of(file.read(blocks.get(1)))));
        }
        assertEmpty();
        assertEquals(0, ArrowBatches.memory().getAllocatedMemory());
    }

    /** A second query of this process, and another process, leave the folder alone. */
    @Test
    void anOpenFolderIsNotStale() throws IOException, InterruptedException {
        try (SpillFolder first = new SpillFolder(temp.toString(), "q1");
                SpillFolder second = new SpillFolder(temp.toString(), "q2")) {
            first.create(List.of(Type.INTEGER));
            second.create(List.of(Type.INTEGER));
            Process other =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    Cleaner.class.getName(),
                                    temp.toString())
                            .inheritIO()
                            .start();
            assertEquals(0, other.waitFor());
            try (Stream<Path> left = Files.list(temp)) {
                assertEquals(1, left.count());
            }
        }
        assertEmpty();
    }

    /** Another process that looks for what dead ones left. */
    static final class Cleaner {
        private Cleaner() {}

        public static void main(String[] arguments) throws IOException {
            SpillRoot.removeStale(Path.of(arguments[0]));
        }
    }

    /** Arrow's own vectors must see what we meant. */
    @Test
    void arrowReadsWhatWeWrite() {
        List<Field> fields = new ArrayList<>();
        RandomRows.ALL_TYPES.forEach(type -> fields.add(new Field("c" + fields.size(), type)));
        Batch batch = new RandomRows(2, 50, 0.2).batches(RandomRows.ALL_TYPES, 300, 300).get(0);
        try (ArrowRecordBatch arrow = ArrowBatches.toArrow(batch, ArrowBatches.memory());
                VectorSchemaRoot root =
                        VectorSchemaRoot.create(
                                ArrowTypes.schema(new Schema(fields)), ArrowBatches.memory())) {
            new VectorLoader(root).load(arrow);
            assertEquals(batch.rows(), root.getRowCount());
            for (int column = 0; column < batch.width(); column++) {
                Type.Kind kind = batch.column(column).type().kind();
                boolean plain =
                        switch (kind) {
                            case BIGINT, INTEGER, DATE, DOUBLE, DECIMAL, STRING, BOOLEAN -> true;
                            default -> false;
                        };
                for (int row = 0; row < batch.rows(); row++) {
                    Object theirs = root.getVector(column).getObject(row);
                    Object ours = batch.column(column).value(row);
                    assertEquals(ours == null, theirs == null, kind::toString);
                    if (plain && ours != null) {
                        assertEquals(ours.toString(), theirs.toString());
                    }
                }
            }
        }
        assertEquals(0, ArrowBatches.memory().getAllocatedMemory());
    }

    @Test
    void foldersOfTheDeadAreRemovedAndThoseOfTheLivingAreNot() throws IOException {
        Path dead = Files.createDirectory(temp.resolve("skep-dead-1"));
        Files.createFile(dead.resolve("lock"));
        Files.writeString(dead.resolve("spill-00000.arrow"), "left behind");
        Path fresh = Files.createDirectory(temp.resolve("skep-fresh-1"));
        Path old = Files.createDirectory(temp.resolve("skep-old-1"));
        Files.setLastModifiedTime(old, FileTime.fromMillis(0));
        Path foreign = Files.createDirectory(temp.resolve("skep-foreign"));
        Files.writeString(foreign.resolve("thesis.txt"), "keep me");
        Files.setLastModifiedTime(foreign, FileTime.fromMillis(0));
        try (SpillFolder living = new SpillFolder(temp.toString(), "a");
                SpillFolder later = new SpillFolder(temp.toString(), "b")) {
            SpillFile file = living.create(List.of(Type.BIGINT));
            later.create(List.of(Type.BIGINT));
            assertFalse(Files.exists(dead));
            assertFalse(Files.exists(old));
            assertTrue(Files.exists(fresh));
            assertTrue(Files.exists(foreign.resolve("thesis.txt")));
            Batch batch = new RandomRows(3, 5, 0).batches(List.of(Type.BIGINT), 10, 10).get(0);
            assertEquals(batch.rows(), file.read(file.append(batch)).rows());
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsSaidSo() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));
        try (SpillFolder folder = new SpillFolder(file.toString(), "q")) {
            folder.create(List.of(Type.BIGINT));
        } catch (QueryException e) {
            assertEquals(ErrorCode.FILE_NOT_WRITABLE, e.code());
            assertTrue(e.hint().contains("temp_directory"));
            return;
        }
        throw new AssertionError("made a folder inside a file");
    }

    private void assertEmpty() throws IOException {
        try (Stream<Path> left = Files.list(temp)) {
            assertEquals(0, left.count());
        }
    }
}
