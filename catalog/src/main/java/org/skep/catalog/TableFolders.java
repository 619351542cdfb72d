package org.skep.catalog;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Where the files of managed tables belong.
 *
 * @param all holds a folder for each schema, and these the folders of tables
 */
record TableFolders(Path all) {
    /**
     * A folder for a new table that no other table has or had. Letters, digits and underscores
     * stand for themselves, in lower case; everything else is percent-encoded, so that no name
     * leads outside.
     */
    String unused(String schema, String table) {
        Path folder = all.resolve(encoded(schema)).resolve(encoded(table));
        return folder + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    private static String encoded(String name) {
        StringBuilder out = new StringBuilder();
        for (byte b : Catalog.key(name).getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '_';
            out.append(plain ? String.valueOf((char) b) : "%%%02X".formatted(b & 0xff));
        }
        return out.toString();
    }
}
