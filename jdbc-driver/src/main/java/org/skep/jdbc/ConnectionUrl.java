package org.skep.jdbc;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.skep.model.error.ErrorCode;

/**
 * {@code jdbc:skep:[warehouse folder][?name=value&…]}.
 *
 * @param warehouse null for the default one
 * @param properties of the URL and of the call; those of the call win
 */
record ConnectionUrl(Path warehouse, Map<String, String> properties) {
    static final String PREFIX = "jdbc:skep:";

    static boolean accepts(String url) {
        return url != null && url.startsWith(PREFIX);
    }

    static ConnectionUrl parse(String url, Properties given) throws SQLException {
        String rest = url.substring(PREFIX.length());
        int question = rest.indexOf('?');
        String folder = question < 0 ? rest : rest.substring(0, question);
        Map<String, String> properties = new TreeMap<>();
        if (question >= 0) {
            for (String pair : rest.substring(question + 1).split("&")) {
                int equals = pair.indexOf('=');
                if (equals < 1) {
                    throw Failures.argument(
                            "'%s' in the URL %s is not of the form name=value"
                                    .formatted(pair, url));
                }
                properties.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        for (String name : given.stringPropertyNames()) {
            properties.put(name, given.getProperty(name));
        }
        if (folder.startsWith("//")) {
            throw Failures.unsupported(
                    "%s names a server; this driver opens warehouse folders: jdbc:skep:/path"
                            .formatted(url));
        }
        try {
            return new ConnectionUrl(folder.isEmpty() ? null : Path.of(folder), properties);
        } catch (InvalidPathException e) {
            throw new SQLException(
                    "'%s' is not the name of a folder".formatted(folder),
                    ErrorCode.INVALID_ARGUMENT.sqlState(),
                    e);
        }
    }
}
