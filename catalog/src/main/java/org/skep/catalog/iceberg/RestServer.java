package org.skep.catalog.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.rest.RESTCatalogProperties;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/**
 * A server of the Iceberg REST protocol that keeps schemas and managed tables. It is asked for its
 * configuration when it is first needed.
 */
public final class RestServer implements AutoCloseable {
    private static final String SECRETS =
            "(?i).*(password|token|credential|secret|key|authorization)";

    private final Path file;
    private final Map<String, String> properties;
    private RESTCatalog catalog;

    /**
     * @param file where the properties are from, for messages
     * @param properties of Iceberg's RESTCatalog; {@code uri} is among them
     */
    public RestServer(Path file, Map<String, String> properties) {
        this.file = file;
        this.properties = properties;
    }

    /** Its namespaces of one level, as schemas. */
    public ManagedNames names() {
        return new RestNames(this);
    }

    /** Its tables. */
    public Tables tables() {
        return new Tables(new RestStore(this));
    }

    /**
     * @throws QueryException CATALOG_FAILURE when the server cannot be reached or does not let us
     *     in, INVALID_SETTING for what Iceberg finds wrong with the properties
     */
    synchronized RESTCatalog catalog() {
        if (catalog == null) {
            RESTCatalog opened = new RESTCatalog();
            try {
                opened.initialize("skep", configuration());
            } catch (RESTException | UncheckedIOException e) {
                throw failure(e);
            } catch (RuntimeException e) {
                throw invalid(e);
            }
            catalog = opened;
        }
        return catalog;
    }

    private Map<String, String> configuration() {
        Map<String, String> all = new TreeMap<>(properties);
        all.remove("type"); // says which catalog class to take, and we have taken one
        all.putIfAbsent(CatalogProperties.FILE_IO_IMPL, LocalFileIO.class.getName());
        // Iceberg would tell the server of every scan that we plan
        all.putIfAbsent(RESTCatalogProperties.METRICS_REPORTING_ENABLED, "false");
        return all;
    }

    /** What the server answers to a question about schemas and names. */
    <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (RESTException e) {
            throw failure(e);
        } catch (UnsupportedOperationException e) {
            throw with(
                    e,
                    ErrorCode.NOT_SUPPORTED,
                    "catalog %s: %s".formatted(address(), e.getMessage()),
                    "that is what the REST catalog server named in %s lacks".formatted(file));
        }
    }

    private String address() {
        return properties.get("uri").replaceFirst("\\?.*", "");
    }

    private QueryException failure(RuntimeException e) {
        QueryException translated = RestErrors.failure("catalog " + address(), e);
        return with(
                e,
                translated.code(),
                withoutSecrets(translated.getMessage()),
                "%s (the server is named in %s)".formatted(translated.hint(), file));
    }

    private QueryException invalid(RuntimeException e) {
        return with(
                e,
                ErrorCode.INVALID_SETTING,
                "'%s': %s".formatted(file, withoutSecrets(firstLine(e))),
                "all its settings but type are handed to Iceberg's RESTCatalog, which refuses them");
    }

    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static QueryException with(
            RuntimeException cause, ErrorCode code, String message, String hint) {
        QueryException error = new QueryException(code, message, hint);
        error.initCause(cause);
        return error;
    }

    /** Some of Iceberg's messages show the values that they complain of. */
    private String withoutSecrets(String message) {
        String shown = message;
        for (Map.Entry<String, String> property : properties.entrySet()) {
            if (property.getKey().matches(SECRETS)) {
                shown = shown.replace(property.getValue(), "…");
            }
        }
        return shown;
    }

    @Override
    public synchronized void close() {
        if (catalog != null) {
            try {
                catalog.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                catalog = null;
            }
        }
    }
}
