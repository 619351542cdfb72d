package org.skep.catalog;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.skep.model.error.QueryException;
import org.skep.model.error.Suggestion;

/**
 * Where the catalog of a warehouse is, as the file {@code catalog.properties} in its folder says;
 * without one, in a SQLite file beside.
 *
 * @param warehouse the folder
 * @param properties what the file says but for the type; some of it is secret
 */
record CatalogSettings(Path warehouse, Type type, Map<String, String> properties) {
    /** Kinds of catalogs, under the names that Iceberg has for them. */
    enum Type {
        SQLITE,
        /** A PostgreSQL database. */
        JDBC,
        /** A server of the Iceberg REST protocol. */
        REST
    }

    /** Begins the keys of what PostgreSQL's own driver is told. */
    static final String DRIVER = "jdbc.";

    static final String URI = "uri";
    static final String USER = "user";
    static final String PASSWORD = "password";
    static final String WAREHOUSE = "warehouse";

    private static final String TYPE = "type";
    private static final String HOST = "(\\[[^\\]/?]+]|[^/?:,\\[\\]]+)(:\\d{1,5})?";

    /** As the driver wants it, which shows all of what it cannot read, also what is secret. */
    private static final Pattern POSTGRESQL =
            Pattern.compile("jdbc:postgresql:(//%s(,%s)*/)?[^/?]*(\\?.*)?".formatted(HOST, HOST));

    private static final String POSTGRESQL_HINT =
            "write uri = jdbc:postgresql://host:port/database";
    private static final String REST_HINT = "write uri = http://host:port, or https://…";
    private static final String TYPE_HINT =
            "write type = jdbc for PostgreSQL or type = rest for an Iceberg REST server;"
                    + " without the file the catalog is in catalog.sqlite";

    CatalogSettings {
        properties = Map.copyOf(properties);
    }

    /**
     * Reads the settings of a warehouse.
     *
     * @param environment the values of environment variables, null for those that are not set
     * @throws QueryException INVALID_SETTING, SETTING_NOT_FOUND or FILE_NOT_READABLE, with the file
     *     and the line
     */
    static CatalogSettings of(Path warehouse, UnaryOperator<String> environment) {
        Path file = warehouse.resolve("catalog.properties");
        if (!Files.exists(file)) {
            return new CatalogSettings(warehouse, Type.SQLITE, Map.of());
        }
        CatalogProperties properties = CatalogProperties.read(file, environment);
        Type type = type(properties);
        switch (type) {
            case SQLITE -> requireKnown(properties, List.of(), TYPE);
            case JDBC -> {
                requireKnown(properties, List.of(URI, USER, PASSWORD, WAREHOUSE), DRIVER);
                requirePostgresql(properties);
                requireFolder(properties);
            }
            case REST -> {
                properties.refuse(
                        List.of(USER, PASSWORD),
                        "'%s' says nothing to a REST server",
                        "write token or credential, or rest.auth.type = basic with"
                                + " rest.auth.basic.username and rest.auth.basic.password");
                requireAddress(properties);
            }
        }
        return new CatalogSettings(warehouse, type, properties.all());
    }

    private static Type type(CatalogProperties properties) {
        String value = properties.required(TYPE, TYPE_HINT);
        List<String> known = List.of("jdbc", "rest", "sqlite");
        if (!known.contains(value)) {
            String near = Suggestion.hint(value, known);
            throw properties.invalid(
                    TYPE, "type cannot be '%s'".formatted(value), near != null ? near : TYPE_HINT);
        }
        return Type.valueOf(value.toUpperCase(Locale.ROOT));
    }

    private static void requireKnown(
            CatalogProperties properties, List<String> keys, String prefix) {
        TreeSet<String> known = new TreeSet<>(keys);
        known.add(TYPE);
        properties.requireKnown(known, prefix);
    }

    private static void requirePostgresql(CatalogProperties properties) {
        String uri = properties.required(URI, POSTGRESQL_HINT);
        if (!POSTGRESQL.matcher(uri).matches()) {
            throw properties.invalid(
                    URI, "uri cannot be '%s'".formatted(shown(uri)), POSTGRESQL_HINT);
        }
    }

    private static void requireFolder(CatalogProperties properties) {
        String folder = properties.value(WAREHOUSE);
        boolean local = folder == null || folder.startsWith("file:/") || !folder.contains("://");
        try {
            if (local && Path.of(local(folder == null ? "." : folder)) != null) {
                return;
            }
        } catch (InvalidPathException e) { // is no folder either
            local = false;
        }
        throw properties.invalid(
                WAREHOUSE,
                "warehouse cannot be '%s'".formatted(shown(folder)),
                "name a folder of the local disk, or of one that all machines have mounted");
    }

    private static void requireAddress(CatalogProperties properties) {
        String uri = properties.required(URI, REST_HINT);
        String wrong = null;
        try {
            URI address = new URI(uri);
            boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            if (!web || address.getHost() == null) {
                wrong = "a REST server has an address such as http://host:port";
            } else if (address.getUserInfo() != null) {
                wrong = "a name and password do not belong there";
            }
        } catch (URISyntaxException e) {
            wrong = e.getReason();
        }
        if (wrong != null) {
            throw properties.invalid(
                    URI, "uri cannot be '%s': %s".formatted(shown(uri), wrong), REST_HINT);
        }
    }

    /** An address without what may be secret in it. */
    static String shown(String uri) {
        return uri.replaceFirst("\\?.*", "?…").replaceFirst("//[^/@]*@", "//…@");
    }

    private static String local(String folder) {
        return folder.startsWith("file:") ? folder.replaceFirst("^file:(//)?", "") : folder;
    }

    /** The file that says so. */
    Path file() {
        return warehouse.resolve("catalog.properties");
    }

    /**
     * Where the files of managed tables belong, unless a server decides it. The catalogs that one
     * folder has had one after another keep theirs apart: what is no table's for one of them may be
     * a table's for another.
     */
    TableFolders folders() {
        String folder = type == Type.JDBC ? properties.get(WAREHOUSE) : null;
        return new TableFolders(
                folder != null
                        ? warehouse.resolve(local(folder)).normalize()
                        : warehouse.resolve(type == Type.JDBC ? "data-jdbc" : "data"));
    }

    @Override
    public String toString() { // not the properties, which have secrets
        return "%s as %s says".formatted(type, file());
    }
}
