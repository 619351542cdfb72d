package org.skep.shell.output;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Where data is written, in UTF-8 with line feeds. Not a PrintStream, which would swallow the error
 * that says that the reader has gone.
 */
public final class Output {
    private final Writer writer;
    private Runnable beforeWriting = () -> {};

    public Output(OutputStream stream) {
        writer =
                new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 16);
    }

    /** What to do before the next text is written, once: such as erasing a progress line. */
    public void beforeWriting(Runnable action) {
        beforeWriting = action;
    }

    public Output print(CharSequence text) {
        if (beforeWriting != null) {
            Runnable action = beforeWriting;
            beforeWriting = null;
            action.run();
        }
        try {
            writer.append(text);
        } catch (IOException e) {
            throw new OutputClosed(e);
        }
        return this;
    }

    public Output line(CharSequence text) {
        return print(text).print("\n");
    }

    public void flush() {
        try {
            writer.flush();
        } catch (IOException e) {
            throw new OutputClosed(e);
        }
    }

    /** Nobody reads the output any more, or its disk is full. */
    public static final class OutputClosed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OutputClosed(IOException cause) {
            super(cause.getMessage(), cause);
        }

        /** Whether the reader has gone, which is no failure: {@code skep … | head}. */
        public boolean brokenPipe() {
            String message = getMessage();
            return message != null
                    && (message.contains("Broken pipe") || message.contains("closed"));
        }
    }
}
