package org.skep.executor.format.lines;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.skep.executor.format.codec.ByteSource;
import org.skep.executor.format.codec.Codec;
import org.skep.executor.format.codec.StoredFile;
import org.skep.model.file.DataFile;

/** Parts of a file to guess from: its start, and when it is long its middle and end. */
public final class TextSample {
    private static final int HEAD = 256 << 10;
    private static final int WINDOW = 32 << 10;

    private final byte[] head;
    private final boolean whole;
    private final List<byte[]> windows = new ArrayList<>();

    private TextSample(DataFile file, Map<String, String> options, long limit) {
        SplitText text = SplitText.of(file, options);
        int size = (int) Math.min(limit, Integer.MAX_VALUE - 16);
        byte[] buffer = new byte[(int) Math.min(Math.max(file.bytes() + 1, 4096), HEAD)];
        int count = 0;
        boolean ended = false;
        try (ByteSource source = text.open()) {
            while (!ended && count < size) {
                if (count == buffer.length) {
                    buffer = Arrays.copyOf(buffer, (int) Math.min(size, 2L * buffer.length));
                }
                int asked = buffer.length - count;
                int got = source.read(buffer, count, asked);
                count += got;
                ended = got < asked;
            }
        }
        head = Arrays.copyOf(buffer, count);
        whole = ended;
        if (!whole && text.codec() == Codec.NONE && text.isSplittable()) {
            addWindow(file.path(), file.bytes() / 2);
            addWindow(file.path(), file.bytes() - WINDOW);
        }
    }

    /** The usual sample of a file. */
    public static TextSample of(DataFile file, Map<String, String> options) {
        return new TextSample(file, options, HEAD);
    }

    /** All of a file as a sample. */
    public static TextSample whole(DataFile file, Map<String, String> options) {
        return new TextSample(file, options, Long.MAX_VALUE);
    }

    private void addWindow(String path, long at) {
        if (at < head.length) {
            return;
        }
        byte[] window = new byte[WINDOW];
        int count;
        try (ByteSource source = StoredFile.raw(path, at, at + WINDOW)) {
            count = source.read(window, 0, WINDOW);
        }
        int first = LineEnds.find(window, 0, count, (byte) '\n') + 1;
        if (first > 0) {
            windows.add(Arrays.copyOfRange(window, first, count));
        }
    }

    /** The file's first bytes, as UTF-8. */
    public byte[] head() {
        return head;
    }

    /** Whether the head is all there is. */
    public boolean isWhole() {
        return whole;
    }

    /** Stretches from further on, each from the start of a line. */
    public List<byte[]> windows() {
        return windows;
    }
}
