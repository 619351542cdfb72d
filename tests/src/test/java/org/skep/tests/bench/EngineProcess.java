package org.skep.tests.bench;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;

/** An engine in a process of its own, which is asked over its standard input and output. */
final class EngineProcess implements AutoCloseable {
    private final Engine engine;
    private final Process process;
    private final DataOutputStream questions;
    private final DataInputStream answers;

    /**
     * @param folder for what the engine keeps on disk
     */
    EngineProcess(Engine engine, Path folder) throws IOException {
        this.engine = engine;
        ProcessBuilder builder =
                new ProcessBuilder(engine.command(folder))
                        .redirectError(ProcessBuilder.Redirect.INHERIT);
        Path properties = engine.sparkProperties(folder);
        if (properties != null) {
            builder.environment().put("SKEP_SPARK_PROPERTIES", properties.toString());
        }
        this.process = builder.start();
        this.questions = new DataOutputStream(process.getOutputStream());
        this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    }

    Measurement run(String sql) throws IOException {
        questions.writeUTF(sql);
        questions.flush();
        try {
            double wall = answers.readDouble();
            double cpu = answers.readDouble();
            String error = answers.readUTF();
            return error.isEmpty()
                    ? new Measurement(wall, cpu, Checksum.read(answers), null)
                    : new Measurement(wall, cpu, null, error);
        } catch (EOFException e) {
            throw new IOException("the process of %s ended".formatted(engine.label()), e);
        }
    }

    /** Runs a statement that must not fail. */
    void prepare(String sql) throws IOException {
        Measurement done = run(sql);
        if (done.failed()) {
            throw new IOException("%s: %s: %s".formatted(engine.label(), sql, done.error()));
        }
    }

    @Override
    public void close() throws IOException {
        questions.close();
        process.destroy();
    }
}
