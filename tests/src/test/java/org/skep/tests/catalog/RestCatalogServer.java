package org.skep.tests.catalog;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.rest.RESTCatalogAdapter;
import org.apache.iceberg.rest.RESTCatalogServlet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.skep.catalog.iceberg.LocalFileIO;

/**
 * Iceberg's own REST catalog server on a port of the loopback interface, over its JDBC catalog on a
 * database in memory. Files are below a folder that clients see, too.
 */
final class RestCatalogServer implements AutoCloseable {
    /** What is wrong with it. */
    enum Fault {
        NONE,
        /** Its configuration does not offer the commit of several tables. */
        NO_TRANSACTIONS,
        /** It does not say that it has them, and has not. */
        NO_TRANSACTIONS_UNSAID,
        /** It does what it is told to do to a table, and answers with an error. */
        ERROR_AFTER_COMMIT,
        /** The same, and answers late. */
        LATE_AFTER_COMMIT
    }

    private static final String ENDPOINTS =
            """
            {"defaults": {}, "overrides": {}, "endpoints": ["GET /v1/{prefix}/namespaces",
            "POST /v1/{prefix}/namespaces", "HEAD /v1/{prefix}/namespaces/{namespace}",
            "GET /v1/{prefix}/namespaces/{namespace}", "DELETE /v1/{prefix}/namespaces/{namespace}",
            "GET /v1/{prefix}/namespaces/{namespace}/tables",
            "POST /v1/{prefix}/namespaces/{namespace}/tables",
            "HEAD /v1/{prefix}/namespaces/{namespace}/tables/{table}",
            "GET /v1/{prefix}/namespaces/{namespace}/tables/{table}",
            "POST /v1/{prefix}/namespaces/{namespace}/tables/{table}"]}""";

    private final JdbcCatalog tables = new JdbcCatalog();
    private final Server server;
    private final String token;
    private volatile Fault fault = Fault.NONE;

    /**
     * @param token what clients have to show; null when anybody may come
     */
    RestCatalogServer(Path folder, String token) throws Exception {
        this.token = token;
        tables.initialize(
                "server",
                Map.of(
                        "uri", "jdbc:sqlite::memory:",
                        "clients", "1", // each connection would have a database of its own
                        "warehouse", "file:" + folder,
                        "io-impl", LocalFileIO.class.getName(),
                        "jdbc.schema-version", "V1"));
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(
                new ServletHolder(new RESTCatalogServlet(new RESTCatalogAdapter(tables))), "/*");
        context.addFilter(
                new FilterHolder((Filter) this::filter), "/*", EnumSet.of(DispatcherType.REQUEST));
        server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        server.setHandler(context);
        server.start();
    }

    private void filter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        boolean changes =
                asked.getMethod().equals("POST")
                        && asked.getRequestURI().matches(".*(/tables/.*|/transactions/commit)");
        boolean config = asked.getRequestURI().equals("/v1/config");
        if (token != null && !("Bearer " + token).equals(asked.getHeader("Authorization"))) {
            answer.sendError(HttpServletResponse.SC_UNAUTHORIZED);
        } else if (config && fault == Fault.NO_TRANSACTIONS) {
            answer.setContentType("application/json");
            answer.getWriter().write(ENDPOINTS);
        } else if (asked.getRequestURI().endsWith("/transactions/commit")
                && fault == Fault.NO_TRANSACTIONS_UNSAID) {
            answer.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else if (changes && fault == Fault.ERROR_AFTER_COMMIT) {
            chain.doFilter(request, new Discarded(answer));
            answer.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
        } else if (changes && fault == Fault.LATE_AFTER_COMMIT) {
            chain.doFilter(request, new Discarded(answer));
            pause();
        } else if (changes) {
            synchronized (tables) { // Iceberg's handler moves one table of a commit after another
                chain.doFilter(request, response);
            }
        } else {
            chain.doFilter(request, response);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(4_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void fault(Fault now) {
        fault = now;
    }

    String uri() {
        return "http://127.0.0.1:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    /** Another client. */
    Catalog client() {
        RESTCatalog client = new RESTCatalog();
        client.initialize("other", Map.of("uri", uri(), "io-impl", LocalFileIO.class.getName()));
        return client;
    }

    @Override
    public void close() throws Exception {
        server.stop();
        tables.close();
    }
}
