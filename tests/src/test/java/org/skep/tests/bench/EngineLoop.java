package org.skep.tests.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;

/** The engine's side of {@link EngineProcess}: statements come in, measurements go out. */
public final class EngineLoop {
    /** An engine's way to run a statement. */
    public interface Runner {
        /** All rows of a statement's answer; none for a statement without one. */
        List<Object[]> run(String sql) throws Exception;
    }

    private static final OperatingSystemMXBean MACHINE =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private EngineLoop() {}

    /** Answers until nobody asks any more. What the engine prints goes to standard error. */
    public static void answer(Runner runner) throws IOException {
        DataOutputStream out = new DataOutputStream(new FileOutputStream(FileDescriptor.out));
        System.setOut(System.err);
        DataInputStream in = new DataInputStream(System.in);
        while (true) {
            String sql;
            try {
                sql = in.readUTF();
            } catch (EOFException e) {
                return;
            }
            measure(runner, sql, out);
            out.flush();
        }
    }

    private static void measure(Runner runner, String sql, DataOutputStream out)
            throws IOException {
        List<Object[]> rows = List.of();
        String error = "";
        long cpu = MACHINE.getProcessCpuTime();
        long start = System.nanoTime();
        try {
            rows = runner.run(sql);
        } catch (Exception | OutOfMemoryError e) {
            error = e.toString();
        }
        long end = System.nanoTime();
        out.writeDouble((end - start) / 1e6);
        out.writeDouble((MACHINE.getProcessCpuTime() - cpu) / 1e6);
        out.writeUTF(error.substring(0, Math.min(error.length(), 2000)));
        if (error.isEmpty()) {
            Checksum.of(rows).write(out);
        }
    }
}
