package org.skep.catalog.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.catalog.Catalog;
import org.skep.catalog.Existing;
import org.skep.catalog.ViewDefinition;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.file.TableStatistics;
import org.skep.model.file.TableStatistics.ColumnStatistics;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/** Changes of a table's definition and of its current snapshot, while others change it too. */
class EvolutionTest {
    private static final Schema COLUMNS = Schema.parse("id BIGINT, name STRING");

    @TempDir Path warehouse;
    private Catalog catalog;

    @BeforeEach
    void open() {
        catalog = Catalog.of(warehouse);
        catalog.tables().create(spec("t"));
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    private static TableSpec spec(String name) {
        return new TableSpec("default", name, COLUMNS, List.of(), List.of(), null, Map.of());
    }

    private ManagedTable table(String name) {
        return catalog.tables().find("default", name).orElseThrow();
    }

    private static WrittenFile file(String name, double nullNames) {
        List<ColumnStatistics> columns =
                List.of(
                        new ColumnStatistics(1L, 2L, 0, -1, -1),
                        new ColumnStatistics("a", "b", nullNames, -1, -1));
        return new WrittenFile(
                "/x/" + name, 10, 100, List.of(), new TableStatistics(10, true, columns));
    }

    private void append(String name, double nullNames) {
        catalog.tables().changes(table("t")).append().commit(List.of(file(name, nullNames)));
    }

    private Set<String> paths() {
        Set<String> paths = new TreeSet<>();
        table("t").files().files().forEach(file -> paths.add(file.path()));
        return paths;
    }

    private static ErrorCode code(Runnable failing) {
        return assertThrows(QueryException.class, failing::run).code();
    }

    @Test
    void columnsAddedAtTheSameTimeAreAllThere() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> adding = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Field column = new Field("c" + i, Type.INTEGER, true);
            adding.add(
                    threads.submit(
                            () ->
                                    new TableEvolution(table("t"))
                                            .columns(
                                                    columns ->
                                                            columns.add(
                                                                    List.of(column.name()),
                                                                    column,
                                                                    null))));
        }
        for (Future<?> one : adding) {
            one.get(60, TimeUnit.SECONDS);
        }
        threads.shutdown();
        assertEquals(14, table("t").schema().size());
    }

    @Test
    void aWriteUnderWaySurvivesNewNamesAndTypes() {
        TableWrite write = catalog.tables().changes(table("t")).append();
        TableEvolution evolution = new TableEvolution(table("t"));
        evolution.columns(columns -> columns.rename(List.of("NAME"), "label"));
        evolution.setProperties(Map.of("owner", "me"));
        catalog.rename("default", "T", "default", "u");
        assertEquals(
                ErrorCode.TABLE_NOT_FOUND, code(() -> write.commit(List.of(file("a.parquet", 0)))));
        catalog.rename("default", "u", "default", "t");
        TableWrite again = catalog.tables().changes(table("t")).append();
        new TableEvolution(table("t")).columns(columns -> columns.drop(List.of("label")));
        again.commit(List.of(file("a.parquet", 0)));
        assertEquals(Set.of("/x/a.parquet"), paths());
        assertEquals(List.of("id"), table("t").schema().names());
    }

    @Test
    void notNullIsBelievedOfTheNewestRows() {
        append("a.parquet", 0);
        TableEvolution evolution = new TableEvolution(table("t")); // sees a.parquet only
        append("b.parquet", 3);
        assertEquals(
                ErrorCode.NOT_NULL_VIOLATION,
                code(() -> evolution.columns(columns -> columns.forbidNull(List.of("name")))));
        evolution.columns(columns -> columns.forbidNull(List.of("id")));
        assertEquals(false, table("t").schema().field(0).nullable());
    }

    @Test
    void goingBackIsOnTopOfWhatOthersCommitted() {
        append("a.parquet", 0);
        ManagedTable first = table("t");
        append("b.parquet", 0);
        Snapshots snapshots = new Snapshots(table("t"));
        TableWrite appending = catalog.tables().changes(table("t")).append();
        TableWrite overwriting = catalog.tables().changes(table("t")).overwrite(Map.of());
        append("c.parquet", 0);
        snapshots.rollback(first);
        assertEquals(Set.of("/x/a.parquet"), paths());
        appending.commit(List.of(file("d.parquet", 0)));
        assertEquals(Set.of("/x/a.parquet", "/x/d.parquet"), paths());
        assertEquals(
                ErrorCode.COMMIT_CONFLICT,
                code(() -> overwriting.commit(List.of(file("e.parquet", 0)))));
        assertEquals(Set.of("/x/a.parquet", "/x/d.parquet"), paths());
        assertEquals(4, new Snapshots(table("t")).list().size());
    }

    @Test
    void whatIsGoneCannotBeGoneBackTo() {
        append("a.parquet", 0);
        ManagedTable first = table("t");
        append("b.parquet", 0);
        Snapshots before = new Snapshots(table("t"));
        new Expiry(table("t")).expire(Instant.now(), 1);
        assertEquals(ErrorCode.INVALID_STATEMENT, code(() -> before.rollback(first)));
        assertTrue(new Snapshots(table("t")).find(first.snapshot().snapshotId()).isEmpty());
        assertEquals(Set.of("/x/a.parquet", "/x/b.parquet"), paths());
    }

    @Test
    void namesAreTakenOnce() throws Exception {
        catalog.create(
                new ViewDefinition("default", "v", COLUMNS, "SELECT 1", "default", null),
                Existing.FAIL);
        assertEquals(
                ErrorCode.ALREADY_EXISTS,
                code(() -> catalog.rename("default", "t", "default", "V")));
        assertEquals(
                ErrorCode.ALREADY_EXISTS,
                code(() -> catalog.rename("default", "v", "default", "T")));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<Boolean>> renaming = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String name = "t" + i;
            catalog.tables().create(spec(name));
            renaming.add(
                    threads.submit(
                            () -> {
                                try {
                                    catalog.rename("default", name, "default", "wanted");
                                    return true;
                                } catch (QueryException taken) {
                                    assertEquals(ErrorCode.ALREADY_EXISTS, taken.code());
                                    return false;
                                }
                            }));
        }
        int renamed = 0;
        for (Future<Boolean> one : renaming) {
            renamed += one.get(60, TimeUnit.SECONDS) ? 1 : 0;
        }
        threads.shutdown();
        assertEquals(1, renamed);
    }
}
