package org.skep.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.file.FileSource;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

class CatalogTest {
    @TempDir Path folder;
    private Path warehouse;
    private Catalog catalog;

    @BeforeEach
    void open() {
        warehouse = folder.resolve("new/warehouse");
        catalog = Catalog.of(warehouse);
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    static FileTableDefinition csv(String schema, String name) {
        FileSource source =
                FileSource.of("csv", List.of("/data/" + name + ".csv"), Map.of("header", "true"));
        return new FileTableDefinition(schema, name, source, null, Map.of());
    }

    private static QueryException failure(ErrorCode code, Runnable action) {
        QueryException e = assertThrows(QueryException.class, action::run);
        assertEquals(code, e.code());
        return e;
    }

    @Test
    void readingMakesNothing() {
        assertEquals(List.of("default"), catalog.schemas());
        assertEquals(Optional.of("default"), catalog.schema("DEFAULT"));
        assertEquals(Optional.empty(), catalog.find("default", "t"));
        assertEquals(List.of(), catalog.list("default", NamePattern.ANY));
        assertEquals(Optional.empty(), catalog.drop("default", "t", Missing.SKIP));
        catalog.dropSchema("s", Missing.SKIP, Contents.CASCADE);
        failure(ErrorCode.TABLE_NOT_FOUND, () -> catalog.drop("default", "t", Missing.FAIL));
        assertFalse(Files.exists(folder.resolve("new")));
    }

    @Test
    void definitionsComeBackAsTheyWere() {
        FileSource source =
                new FileSource(
                        "csv",
                        List.of("/b/x.csv", "/a/*.csv"),
                        Map.of("delimiter", ";", "header", "false"),
                        Schema.parse("`odd name` STRUCT<a:INTEGER,`b c`:ARRAY<STRING>>, n BIGINT"),
                        List.of(new Field("ds", Type.DATE)));
        FileTableDefinition table =
                new FileTableDefinition(
                        "default", "Übergrößen", source, "with 'quotes'", Map.of("owner", "me"));
        ViewDefinition view =
                new ViewDefinition(
                        "default",
                        "V",
                        Schema.parse("a INTEGER NOT NULL"),
                        "SELECT 1 AS a -- one",
                        "Sales",
                        null);
        FileTableDefinition bare =
                new FileTableDefinition(
                        "default",
                        "bare",
                        FileSource.of(null, List.of("/x"), Map.of()),
                        null,
                        Map.of());
        catalog.create(table, Existing.FAIL);
        catalog.create(view, Existing.FAIL);
        catalog.create(bare, Existing.FAIL);
        try (Catalog other = Catalog.of(warehouse)) {
            assertEquals(
                    Optional.of(table), other.find("DEFAULT", "übergrÖSSEN".replace("SS", "ß")));
            assertEquals(Optional.of(view), other.find("default", "v"));
            assertEquals(Optional.of(bare), other.find("default", "BARE"));
        }
    }

    @Test
    void existingNames() {
        catalog.create(csv("default", "T"), Existing.FAIL);
        QueryException taken =
                failure(
                        ErrorCode.ALREADY_EXISTS,
                        () -> catalog.create(csv("default", "t"), Existing.FAIL));
        assertEquals("table 'T' already exists", taken.getMessage());
        assertEquals(Optional.empty(), catalog.create(csv("default", "t"), Existing.SKIP));
        assertEquals("T", catalog.find("default", "t").orElseThrow().name());
        assertEquals(
                Optional.of(csv("default", "T")),
                catalog.create(csv("default", "t"), Existing.REPLACE));
        assertEquals("t", catalog.find("default", "T").orElseThrow().name());
        ViewDefinition view =
                new ViewDefinition("default", "t", Schema.of(), "SELECT 1", "default", null);
        QueryException other =
                failure(ErrorCode.ALREADY_EXISTS, () -> catalog.create(view, Existing.REPLACE));
        assertEquals("drop the table first", other.hint());
    }

    @Test
    void schemas() {
        catalog.createSchema("Sales", Existing.FAIL);
        catalog.createSchema("sales", Existing.SKIP);
        failure(ErrorCode.ALREADY_EXISTS, () -> catalog.createSchema("SALES", Existing.FAIL));
        assertEquals(List.of("default", "Sales"), catalog.schemas());
        catalog.create(csv("sales", "Orders"), Existing.FAIL);
        assertEquals("Sales", catalog.find("SALES", "orders").orElseThrow().schema());
        failure(
                ErrorCode.INVALID_STATEMENT,
                () -> catalog.dropSchema("sales", Missing.FAIL, Contents.RESTRICT));
        catalog.dropSchema("SALES", Missing.FAIL, Contents.CASCADE);
        assertEquals(List.of("default"), catalog.schemas());
        assertEquals(Optional.empty(), catalog.find("sales", "orders"));
        failure(
                ErrorCode.INVALID_STATEMENT,
                () -> catalog.dropSchema("default", Missing.FAIL, Contents.CASCADE));
        QueryException missing =
                failure(
                        ErrorCode.SCHEMA_NOT_FOUND,
                        () -> catalog.create(csv("defualt", "x"), Existing.FAIL));
        assertEquals("did you mean 'default'?", missing.hint());
    }

    @Test
    void lists() {
        for (String name : List.of("Web_log", "weblog", "web2log", "users")) {
            catalog.create(csv("default", name), Existing.FAIL);
        }
        assertEquals(List.of("users", "web2log", "Web_log", "weblog"), names(NamePattern.ANY));
        assertEquals(List.of("web2log", "Web_log", "weblog"), names(new NamePattern("WEB*")));
        assertEquals(List.of("web2log", "Web_log"), names(new NamePattern("web_l%")));
        assertEquals(List.of("Web_log"), names(new NamePattern("web\\_log")));
    }

    private List<String> names(NamePattern pattern) {
        List<String> names =
                catalog.list("default", pattern).stream().map(TableEntry::name).toList();
        for (TableEntry entry : catalog.list("default", NamePattern.ANY)) {
            assertEquals(names.contains(entry.name()), pattern.matches(entry.name()));
        }
        return names;
    }

    @Test
    void hintsOfMissingTables() {
        catalog.createSchema("sales", Existing.FAIL);
        catalog.create(csv("default", "visits"), Existing.FAIL);
        catalog.create(csv("sales", "revenue"), Existing.FAIL);
        QueryException near = catalog.tableNotFound("default", "vists", List.of());
        assertEquals("no table 'vists'", near.getMessage());
        assertEquals("did you mean 'visits'?", near.hint());
        assertEquals(
                "did you mean 'bots'?",
                catalog.tableNotFound("default", "bot", List.of("bots")).hint());
        assertEquals(
                "there is a table 'sales.revenue'",
                catalog.tableNotFound("default", "Revenue", List.of()).hint());
        assertNull(catalog.tableNotFound("default", "quite_different", List.of()).hint());
        assertEquals(
                ErrorCode.SCHEMA_NOT_FOUND, catalog.tableNotFound("no", "t", List.of()).code());
    }

    @Test
    void foldersStayInside() {
        TableFolders folders = new TableFolders(warehouse.resolve("data"));
        Path plain = Path.of(folders.unused("default", "T_1"));
        assertEquals(warehouse.resolve("data/default"), plain.getParent());
        assertTrue(plain.getFileName().toString().matches("t_1-[0-9a-f]{8}"), plain.toString());
        Path odd = Path.of(folders.unused("..", "a/../../b ü"));
        assertEquals(odd.normalize(), odd);
        assertTrue(odd.startsWith(warehouse));
    }

    @Test
    void newerFormatIsRefused() throws Exception {
        catalog.create(csv("default", "t"), Existing.FAIL);
        catalog.close();
        try (Connection raw =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + warehouse.resolve("catalog.sqlite"));
                Statement statement = raw.createStatement()) {
            statement.execute("PRAGMA user_version = 99");
        }
        try (Catalog again = Catalog.of(warehouse)) {
            QueryException e = failure(ErrorCode.CATALOG_FAILURE, again::schemas);
            assertTrue(e.getMessage().contains("format 99"), e.getMessage());
        }
    }

    @Test
    void damagedFileIsReported() throws IOException {
        Files.createDirectories(warehouse);
        Files.writeString(warehouse.resolve("catalog.sqlite"), "not a database".repeat(100));
        failure(ErrorCode.CATALOG_FAILURE, catalog::schemas);
        failure(
                ErrorCode.CATALOG_FAILURE,
                () -> catalog.create(csv("default", "t"), Existing.FAIL));
    }

    @Test
    void unwritableWarehouseIsReported() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        try (Catalog inFile = Catalog.of(file.resolve("warehouse"))) {
            failure(
                    ErrorCode.CATALOG_FAILURE,
                    () -> inFile.create(csv("default", "t"), Existing.FAIL));
        }
    }

    @Test
    void temporaryViews() {
        TemporaryViews views = new TemporaryViews();
        ViewDefinition view =
                new ViewDefinition("default", "Recent", Schema.of(), "SELECT 1", "default", null);
        views.create(view, Existing.FAIL);
        failure(ErrorCode.ALREADY_EXISTS, () -> views.create(view, Existing.FAIL));
        views.create(view, Existing.SKIP);
        assertEquals(Optional.of(view), views.find("recent"));
        assertEquals(
                "did you mean 'Recent'?",
                failure(ErrorCode.TABLE_NOT_FOUND, () -> views.drop("resent", Missing.FAIL))
                        .hint());
        assertTrue(views.drop("RECENT", Missing.FAIL));
        assertFalse(views.drop("recent", Missing.SKIP));
        assertEquals(List.of(), views.list());
    }
}
