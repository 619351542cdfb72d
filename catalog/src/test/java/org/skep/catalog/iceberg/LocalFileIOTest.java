package org.skep.catalog.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.iceberg.io.PositionOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

class LocalFileIOTest {
    @TempDir Path folder;

    @Test
    void locationsStayAsTheyWereGiven() throws IOException {
        LocalFileIO io = new LocalFileIO();
        for (String scheme : new String[] {"", "file:", "file://"}) {
            String location = scheme + folder.resolve("new/x" + scheme.length());
            try (PositionOutputStream out = io.newOutputFile(location).create()) {
                out.write(7);
            }
            assertEquals(location, io.newOutputFile(location).location());
            assertEquals(location, io.newInputFile(location).location());
            assertEquals(1, Files.size(Path.of(LocalFileIO.path(location))));
            io.deleteFile(location);
            assertEquals(false, Files.exists(Path.of(LocalFileIO.path(location))));
        }
    }

    @Test
    void otherPlacesAreRefused() {
        QueryException refused =
                assertThrows(
                        QueryException.class, () -> new LocalFileIO().newInputFile("s3://b/x"));
        assertEquals(ErrorCode.NOT_SUPPORTED, refused.code());
        assertEquals("'s3://b/x' is not on a local disk", refused.getMessage());
    }
}
