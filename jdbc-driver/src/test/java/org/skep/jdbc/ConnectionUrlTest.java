package org.skep.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ConnectionUrlTest {
    @Test
    void forms() throws SQLException {
        assertTrue(ConnectionUrl.accepts("jdbc:skep:"));
        assertFalse(ConnectionUrl.accepts("jdbc:sqlite:"));
        assertNull(ConnectionUrl.parse("jdbc:skep:", new Properties()).warehouse());
        Properties given = new Properties();
        given.setProperty("threads", "3");
        ConnectionUrl url =
                ConnectionUrl.parse("jdbc:skep:/data/w h?schema=s%20x&threads=2", given);
        assertEquals(Path.of("/data/w h"), url.warehouse());
        assertEquals(Map.of("schema", "s x", "threads", "3"), url.properties());
    }

    @Test
    void mistakes() {
        Properties none = new Properties();
        assertThrows(SQLException.class, () -> ConnectionUrl.parse("jdbc:skep:?x", none));
        assertThrows(SQLException.class, () -> ConnectionUrl.parse("jdbc:skep://host:1/s", none));
        assertThrows(SQLException.class, () -> ConnectionUrl.parse("jdbc:skep:/a\0b", none));
    }
}
