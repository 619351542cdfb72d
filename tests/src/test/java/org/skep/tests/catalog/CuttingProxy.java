package org.skep.tests.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/** Stands between a client and a server; on demand it cuts the line while an answer is due. */
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int server;
    private final AtomicBoolean cuts = new AtomicBoolean();

    CuttingProxy(int server) throws IOException {
        this.server = server;
        start(this::accept);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return door.getLocalPort();
    }

    /** The next COMMIT of a writer reaches the server, and its answer nobody. */
    void cutNextCommit() {
        cuts.set(true);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
                AtomicBoolean cut = new AtomicBoolean();
                start(() -> ask(client, behind, cut));
                start(() -> answer(behind, client, cut));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void ask(Socket from, Socket to, AtomicBoolean cut) {
        byte[] bytes = new byte[8192];
        boolean writes = false;
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                String text = new String(bytes, 0, read, StandardCharsets.ISO_8859_1);
                writes |= text.contains("READ COMMITTED");
                if (text.contains("COMMIT\u0000")) {
                    cut.set(writes && cuts.getAndSet(false));
                    writes = false;
                }
                out.write(bytes, 0, read);
                out.flush();
            }
        } catch (IOException closed) {
            return; // by the other direction
        }
    }

    /** Until an answer comes that is not to arrive. */
    private static void answer(Socket from, Socket to, AtomicBoolean cut) {
        byte[] bytes = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(bytes); read >= 0 && !cut.get(); read = in.read(bytes)) {
                out.write(bytes, 0, read);
                out.flush();
            }
        } catch (IOException closed) {
            return; // by the other direction
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
