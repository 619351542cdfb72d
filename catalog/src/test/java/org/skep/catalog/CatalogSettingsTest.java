package org.skep.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.catalog.CatalogSettings.Type;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

class CatalogSettingsTest {
    @TempDir Path warehouse;

    private CatalogSettings settings(String... lines) throws IOException {
        Files.write(warehouse.resolve("catalog.properties"), List.of(lines));
        return CatalogSettings.of(warehouse, Map.of("SECRET", "p=w # \\d")::get);
    }

    @Test
    void withoutAFileItIsSqlite() {
        CatalogSettings settings = CatalogSettings.of(warehouse, name -> null);
        assertEquals(new CatalogSettings(warehouse, Type.SQLITE, Map.of()), settings);
        assertEquals(warehouse.resolve("data"), settings.folders().all());
    }

    @Test
    void valuesAreTakenAsTheyAre() throws IOException {
        CatalogSettings settings =
                settings(
                        "# a comment",
                        "",
                        "  type=jdbc  ",
                        "uri = jdbc:postgresql://[::1]:5432,b/skep?ssl=true",
                        "user = me",
                        "password-env = SECRET",
                        "jdbc.sslmode = require",
                        "warehouse = ../tables");
        assertEquals(Type.JDBC, settings.type());
        assertEquals("p=w # \\d", settings.properties().get("password"));
        assertEquals("require", settings.properties().get("jdbc.sslmode"));
        assertEquals(warehouse.resolveSibling("tables"), settings.folders().all());
        assertFalse(settings.toString().contains("p=w"), settings.toString());
    }

    @Test
    void folders() throws IOException {
        String uri = "uri = jdbc:postgresql:skep";
        assertEquals(
                warehouse.resolve("data-jdbc"),
                settings("type = jdbc", uri).folders().all(),
                "not where another catalog of this folder may have tables");
        assertEquals(
                Path.of("/shared/skep"),
                settings("type = jdbc", uri, "warehouse = file:///shared/skep").folders().all());
    }

    @Test
    void whatARestServerIsToldIsNotLookedAt() throws IOException {
        CatalogSettings settings =
                settings(
                        "type = rest",
                        "uri = https://host/path",
                        "warehouse = s3://b",
                        "header.X = y");
        assertEquals(
                Map.of(
                        "type", "rest",
                        "uri", "https://host/path",
                        "warehouse", "s3://b",
                        "header.X", "y"),
                settings.properties());
    }

    @Test
    void filesThatCannotBeRead() throws IOException {
        Path file = warehouse.resolve("catalog.properties");
        Files.write(file, new byte[] {'t', (byte) 0xff});
        assertEquals(
                "save it as UTF-8",
                assertThrows(QueryException.class, () -> CatalogSettings.of(warehouse, n -> null))
                        .hint());
        Files.delete(file);
        Files.createDirectory(file);
        assertEquals(
                ErrorCode.FILE_NOT_READABLE,
                assertThrows(QueryException.class, () -> CatalogSettings.of(warehouse, n -> null))
                        .code());
    }
}
