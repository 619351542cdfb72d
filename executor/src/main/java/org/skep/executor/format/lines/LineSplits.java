package org.skep.executor.format.lines;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.skep.executor.format.codec.ByteSource;
import org.skep.executor.format.codec.Codec;
import org.skep.executor.format.codec.StoredFile;
import org.skep.model.file.DataFile;
import org.skep.model.file.Split;

/** Shares out files whose records end with their line. Every split begins where a line does. */
public final class LineSplits {
    private static final int PIECE = 16 << 10;

    private LineSplits() {}

    /** The splits of a file, about {@code splitBytes} each. */
    public static List<Split> of(DataFile file, Map<String, String> options, long splitBytes) {
        long packedBytes = Math.max(1, splitBytes / 8); // bzip2 takes long to decompress
        if (file.bytes() <= packedBytes) {
            return whole(file);
        }
        SplitText text = SplitText.of(file, options);
        if (!text.isSplittable()) {
            return whole(file);
        }
        return text.codec() == Codec.BZIP2 ? even(file, packedBytes) : aligned(file, splitBytes);
    }

    /** The file as one split; none when it is empty. */
    public static List<Split> whole(DataFile file) {
        return file.bytes() == 0 ? List.of() : List.of(new Split(file, 0, file.bytes(), -1));
    }

    /** Stretches of equal length, wherever they begin. */
    public static List<Split> even(DataFile file, long splitBytes) {
        List<Split> splits = new ArrayList<>();
        for (long start = 0; start < file.bytes(); start += splitBytes) {
            splits.add(new Split(file, start, Math.min(splitBytes, file.bytes() - start), -1));
        }
        return splits;
    }

    private static List<Split> aligned(DataFile file, long splitBytes) {
        List<Split> splits = new ArrayList<>();
        long start = 0;
        for (long due = splitBytes; due < file.bytes(); due += splitBytes) {
            if (due <= start) {
                continue; // a line longer than a split
            }
            long next = lineStart(file.path(), due);
            if (next >= file.bytes()) {
                break;
            }
            splits.add(new Split(file, start, next - start, -1));
            start = next;
        }
        splits.add(new Split(file, start, file.bytes() - start, -1));
        return splits;
    }

    /** Where the first line begins that begins at or after {@code from}. */
    private static long lineStart(String path, long from) {
        byte[] piece = new byte[PIECE];
        long at = from - 1;
        try (ByteSource source = StoredFile.raw(path, at, Long.MAX_VALUE)) {
            while (true) {
                int count = source.read(piece, 0, piece.length);
                int end = LineEnds.find(piece, 0, count, (byte) '\n');
                if (end >= 0) {
                    return at + end + 1;
                }
                at += count;
                if (count < piece.length) {
                    return Long.MAX_VALUE;
                }
            }
        }
    }
}
