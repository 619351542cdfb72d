package org.skep.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/** Whether anybody answers at a cluster's address: Spark itself takes a minute to say so. */
final class Masters {
    private static final Pattern URL = Pattern.compile("spark://(.+)");
    private static final Pattern ADDRESS = Pattern.compile("(?:spark://)?(.+):(\\d{1,5})");
    private static final int PATIENCE_MILLIS = 5_000;

    private Masters() {}

    /** Fails unless one of the masters of a {@code spark://} URL takes connections. */
    static void check(String url) {
        Matcher masters = URL.matcher(url);
        if (!masters.matches()) {
            return;
        }
        List<String> failures = new ArrayList<>();
        for (String master : masters.group(1).split(",", -1)) {
            Matcher address = ADDRESS.matcher(master);
            if (!address.matches()) {
                throw new QueryException(
                        ErrorCode.INVALID_ARGUMENT,
                        "no port in the address '%s' of a master".formatted(master),
                        "write spark://host:7077");
            }
            String failure = connect(address.group(1), Integer.parseInt(address.group(2)));
            if (failure == null) {
                return;
            }
            failures.add(failure);
        }
        throw new QueryException(
                ErrorCode.CLUSTER_FAILURE,
                "no master answers at %s: %s".formatted(url, String.join("; ", failures)),
                "skep cluster start starts a cluster on this machine, skep cluster status shows it");
    }

    /** Why an address takes no connection; null when it does. */
    private static String connect(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
            return null;
        } catch (UnknownHostException e) {
            return "unknown host " + host;
        } catch (IOException | IllegalArgumentException e) {
            return e.getMessage();
        }
    }
}
