package org.skep.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.logging.Logger;
import org.skep.engine.EngineOptions;
import org.skep.engine.Session;
import org.skep.model.error.QueryException;

/**
 * Opens {@code jdbc:skep:} (the default warehouse) and {@code jdbc:skep:/path/to/warehouse}. The
 * property {@code schema} chooses the first current schema, {@code cluster} the URL of a cluster on
 * whose workers queries run, {@code user} and {@code password} are not looked at, every other
 * property is a setting. Connections to the same warehouse share an engine.
 */
public final class SkepDriver implements Driver {
    private static final Set<String> NOT_SETTINGS = Set.of("user", "password", "schema", "cluster");

    static {
        try {
            DriverManager.registerDriver(new SkepDriver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @Override
    public boolean acceptsURL(String url) {
        return ConnectionUrl.accepts(url);
    }

    @Override
    public Connection connect(String url, Properties given) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        ConnectionUrl parsed = ConnectionUrl.parse(url, given == null ? new Properties() : given);
        EngineOptions options = EngineOptions.defaults();
        if (parsed.warehouse() != null) {
            options = options.withWarehouse(parsed.warehouse());
        }
        String cluster = parsed.properties().get("cluster");
        if (cluster != null && !cluster.isBlank()) {
            options = options.withCluster(cluster.trim());
        }
        boolean opened = false;
        SharedEngine engine = null;
        try {
            engine = SharedEngine.acquire(options);
            Session session = engine.session();
            configure(session, parsed.properties());
            opened = true;
            return new EmbeddedConnection(url, session, engine::release);
        } catch (QueryException e) {
            throw Failures.of(e, null);
        } finally {
            if (!opened && engine != null) {
                engine.release();
            }
        }
    }

    private static void configure(Session session, Map<String, String> properties) {
        properties.forEach(
                (name, value) -> {
                    if (!NOT_SETTINGS.contains(name)) {
                        session.set(name, value);
                    }
                });
        String schema = properties.get("schema");
        if (schema != null && !schema.isEmpty()) {
            session.use(schema);
        }
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties given) throws SQLException {
        List<DriverPropertyInfo> infos = new ArrayList<>();
        DriverPropertyInfo schema = new DriverPropertyInfo("schema", given.getProperty("schema"));
        schema.description = "the schema in which unqualified names are looked up";
        infos.add(schema);
        DriverPropertyInfo cluster =
                new DriverPropertyInfo("cluster", given.getProperty("cluster"));
        cluster.description = "the URL of the cluster on whose workers queries run";
        infos.add(cluster);
        EngineOptions.defaults()
                .settings()
                .values()
                .forEach(
                        (name, value) ->
                                infos.add(
                                        new DriverPropertyInfo(
                                                name, given.getProperty(name, value))));
        return infos.toArray(new DriverPropertyInfo[0]);
    }

    /** The version of this build, such as {@code 0.1.0}. */
    public String version() {
        return Version.TEXT;
    }

    @Override
    public int getMajorVersion() {
        return Version.MAJOR;
    }

    @Override
    public int getMinorVersion() {
        return Version.MINOR;
    }

    @Override
    public boolean jdbcCompliant() {
        return false; // there are no transactions
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("org.skep");
    }
}
