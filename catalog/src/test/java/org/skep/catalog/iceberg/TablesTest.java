package org.skep.catalog.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.catalog.Catalog;
import org.skep.catalog.Existing;
import org.skep.catalog.Missing;
import org.skep.catalog.NamePattern;
import org.skep.catalog.TableDefinition;
import org.skep.catalog.TableEntry;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.file.DataFile;
import org.skep.model.file.PartitionKey;
import org.skep.model.file.PartitionKey.Transform;
import org.skep.model.file.TableStatistics;
import org.skep.model.file.TableStatistics.ColumnStatistics;
import org.skep.model.type.Schema;

/** Tables as rows of the catalog file, metadata files and manifests; data files are only named. */
class TablesTest {
    private static final Schema COLUMNS =
            Schema.parse(
                    "id BIGINT NOT NULL, name STRING, day DATE, parts ARRAY<STRUCT<a:INTEGER>>");

    @TempDir Path warehouse;
    private Catalog catalog;

    @BeforeEach
    void open() {
        catalog = Catalog.of(warehouse);
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    private static TableSpec spec(String name, PartitionKey... keys) {
        return new TableSpec(
                "default",
                name,
                COLUMNS,
                List.of(keys),
                List.of(),
                "a comment",
                Map.of("owner", "me"));
    }

    private ManagedTable table(String name) {
        return catalog.tables().find("default", name).orElseThrow();
    }

    private static WrittenFile file(String name, long low, long high, String... partition) {
        List<ColumnStatistics> columns =
                List.of(
                        new ColumnStatistics(low, high, 0, -1, -1),
                        new ColumnStatistics("a".repeat(40), "b".repeat(40), 3, -1, -1),
                        new ColumnStatistics(19_000, 19_010, 0, -1, -1),
                        ColumnStatistics.UNKNOWN);
        TableStatistics statistics = new TableStatistics(10, true, columns);
        return new WrittenFile("/x/" + name, 10, 100, Arrays.asList(partition), statistics);
    }

    @Test
    void whatIsMadeIsFound() {
        PartitionKey[] keys = {
            new PartitionKey(2, Transform.MONTHS, 0, "day_month"),
            new PartitionKey(0, Transform.BUCKET, 16, "id_bucket"),
            new PartitionKey(1, Transform.TRUNCATE, 4, "name_trunc")
        };
        catalog.tables().create(spec("T", keys));
        TableDefinition found = catalog.find("DEFAULT", "t").orElseThrow();
        assertEquals("T", found.name());
        assertEquals(TableDefinition.Kind.TABLE, found.kind());
        ManagedTable table = table("T");
        assertEquals(COLUMNS, table.schema());
        assertEquals(List.of(keys), table.partitioning());
        assertEquals("a comment", table.comment());
        assertEquals("me", table.properties().get("owner"));
        assertEquals(4, table.ids().size());
        assertEquals(1, table.ids().get(3).children().size());
        assertEquals(List.of(), table.files().files());
        List<TableEntry> entries = catalog.list("default", NamePattern.ANY);
        assertEquals(List.of("T"), entries.stream().map(TableEntry::name).toList());
    }

    @Test
    void namesAreTakenOnce() {
        catalog.tables().create(spec("t"));
        for (String name : List.of("t", "T")) {
            QueryException taken =
                    assertThrows(QueryException.class, () -> catalog.tables().create(spec(name)));
            assertEquals(ErrorCode.ALREADY_EXISTS, taken.code());
        }
    }

    @Test
    void filesBecomePartOfATableAtOnce() {
        catalog.tables().create(spec("t"));
        ManagedTable empty = table("t");
        TableWrite write = catalog.tables().changes(empty).append();
        write.commit(List.of(file("one.parquet", 1, 5), file("two.parquet", 6, 9)));
        assertEquals(List.of(), empty.files().files(), "a statement keeps its snapshot");
        List<DataFile> files = table("t").files().files();
        assertEquals(2, files.size());
        DataFile one = files.stream().filter(f -> f.path().endsWith("one.parquet")).findAny().get();
        assertEquals("/x/one.parquet", one.path());
        assertEquals(1L, one.statistics().column(0).min());
        assertEquals(5L, one.statistics().column(0).max());
        assertEquals("a".repeat(16), one.statistics().column(1).min());
        assertEquals("b".repeat(15) + "c", one.statistics().column(1).max());
        assertEquals(3, one.statistics().column(1).nulls());
        assertEquals(19_010, one.statistics().column(2).max());
    }

    @Test
    void overwritesReplaceAllOrSomePartitions() {
        PartitionKey day = new PartitionKey(2, Transform.IDENTITY, 0, "day");
        catalog.tables().create(spec("t", day));
        changes("t")
                .append()
                .commit(
                        List.of(
                                file("a.parquet", 1, 2, "2022-01-08"),
                                file("b.parquet", 3, 4, "2022-01-09"),
                                file("n.parquet", 3, 4, (String) null)));
        changes("t").overwritePartitions().commit(List.of(file("c.parquet", 5, 6, "2022-01-09")));
        assertEquals(List.of("/x/a.parquet", "/x/c.parquet", "/x/n.parquet"), paths("t"));
        changes("t").overwrite(Map.of()).commit(List.of(file("d.parquet", 7, 8, "2022-01-08")));
        assertEquals(List.of("/x/d.parquet"), paths("t"));
    }

    private TableChanges changes(String table) {
        return catalog.tables().changes(table(table));
    }

    private List<String> paths(String table) {
        return table(table).files().files().stream().map(DataFile::path).sorted().toList();
    }

    @Test
    void appendsGetAlongAndOverwritesDoNot() {
        catalog.tables().create(spec("t"));
        TableWrite one = changes("t").append();
        TableWrite two = changes("t").append();
        one.commit(List.of(file("one.parquet", 1, 2)));
        two.commit(List.of(file("two.parquet", 1, 2)));
        assertEquals(2, paths("t").size());
        TableWrite all = changes("t").overwrite(Map.of());
        changes("t").append().commit(List.of(file("three.parquet", 1, 2)));
        QueryException conflict =
                assertThrows(
                        QueryException.class, () -> all.commit(List.of(file("4.parquet", 1, 2))));
        assertEquals(ErrorCode.COMMIT_CONFLICT, conflict.code());
        String winner = Long.toString(table("t").snapshot().snapshotId());
        assertTrue(conflict.getMessage().contains(winner), conflict.getMessage());
        assertEquals(3, paths("t").size());
    }

    @Test
    void filesGiveWayToOthers() {
        catalog.tables().create(spec("t"));
        changes("t").append().commit(List.of(file("a.parquet", 1, 2), file("b.parquet", 3, 4)));
        TableWrite late = changes("t").replace(Set.of("/x/a.parquet"));
        changes("t").replace(Set.of("/x/a.parquet")).commit(List.of(file("c.parquet", 1, 2)));
        assertEquals(List.of("/x/b.parquet", "/x/c.parquet"), paths("t"));
        QueryException conflict =
                assertThrows(
                        QueryException.class, () -> late.commit(List.of(file("d.parquet", 1, 2))));
        assertEquals(ErrorCode.COMMIT_CONFLICT, conflict.code());
        assertEquals(List.of("/x/b.parquet", "/x/c.parquet"), paths("t"));
        TableWrite compaction = changes("t").compact(Set.of("/x/b.parquet", "/x/c.parquet"));
        changes("t").append().commit(List.of(file("e.parquet", 5, 6)));
        compaction.commit(List.of(file("f.parquet", 1, 4)));
        assertEquals(List.of("/x/e.parquet", "/x/f.parquet"), paths("t"));
    }

    @Test
    void aTableIsMadeWithItsRowsOrNotAtAll() {
        TableWrite write = catalog.tables().creation(spec("t"), false);
        assertTrue(catalog.find("default", "t").isEmpty());
        write.commit(List.of(file("one.parquet", 1, 2)));
        assertEquals(List.of("/x/one.parquet"), paths("t"));
        TableWrite replacing = catalog.tables().creation(spec("t"), true);
        assertEquals(List.of("/x/one.parquet"), paths("t"));
        replacing.commit(List.of(file("two.parquet", 1, 2)));
        assertEquals(List.of("/x/two.parquet"), paths("t"));
    }

    @Test
    void droppedTablesLeaveNoFiles() throws Exception {
        catalog.tables().create(spec("t"));
        Path location = Path.of(table("t").location());
        changes("t").append().commit(List.of(file("one.parquet", 1, 2)));
        catalog.drop("default", "T", Missing.FAIL);
        assertTrue(catalog.find("default", "t").isEmpty());
        try (Stream<Path> left = Files.walk(location)) {
            assertFalse(left.anyMatch(Files::isRegularFile));
        }
        assertTrue(catalog.drop("default", "t", Missing.SKIP).isEmpty());
    }

    @Test
    void icebergsOwnCatalogOpensTheFile() throws Exception {
        catalog.createSchema("Sales", Existing.FAIL);
        catalog.tables()
                .create(
                        new TableSpec(
                                "Sales", "Orders", COLUMNS, List.of(), List.of(), null, Map.of()));
        Map<String, String> properties = new HashMap<>();
        properties.put(CatalogProperties.URI, "jdbc:sqlite:" + warehouse.resolve("catalog.sqlite"));
        properties.put(CatalogProperties.WAREHOUSE_LOCATION, warehouse.toString());
        properties.put(CatalogProperties.FILE_IO_IMPL, LocalFileIO.class.getName());
        properties.put("jdbc.schema-version", "V1");
        try (JdbcCatalog other = new JdbcCatalog()) {
            other.initialize("skep", properties);
            assertTrue(other.namespaceExists(Namespace.of("Sales")));
            Table orders = other.loadTable(TableIdentifier.of("Sales", "Orders"));
            orders.newAppend()
                    .appendFile(
                            DataFiles.builder(PartitionSpec.unpartitioned())
                                    .withPath("/x/theirs.parquet")
                                    .withFileSizeInBytes(1)
                                    .withRecordCount(1)
                                    .build())
                    .commit();
        }
        List<DataFile> files =
                catalog.tables().find("Sales", "Orders").orElseThrow().files().files();
        assertEquals(List.of("/x/theirs.parquet"), files.stream().map(DataFile::path).toList());
    }
}
