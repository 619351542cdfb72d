package org.skep.executor.format.lines;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.skep.executor.format.codec.ByteSource;
import org.skep.executor.format.codec.Codec;
import org.skep.executor.format.codec.StoredFile;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.file.DataFile;
import org.skep.model.file.Split;

/** The text of one split: whole records as UTF-8, and how its places are counted in lines. */
public final class SplitText {
    private final String path;
    private final long start;
    private final long end;
    private final boolean wholeFile;
    private final Charset named;
    private final Codec codec;

    public SplitText(Split split, Map<String, String> options) {
        this(
                split.file().path(),
                split.start(),
                split.start() + split.length(),
                split.start() == 0 && split.length() >= split.file().bytes(),
                options);
    }

    private SplitText(
            String path, long start, long end, boolean wholeFile, Map<String, String> options) {
        this.path = path;
        this.start = start;
        this.end = end;
        this.wholeFile = wholeFile;
        this.named = Encoding.named(options);
        this.codec = StoredFile.codec(path);
    }

    /** The text of a whole file. */
    public static SplitText of(DataFile file, Map<String, String> options) {
        return new SplitText(file.path(), 0, Long.MAX_VALUE, true, options);
    }

    public String path() {
        return path;
    }

    public Codec codec() {
        return codec;
    }

    public boolean atFileStart() {
        return start == 0;
    }

    /** That the split cannot be read as it was cut, because a record holds a line end. */
    public QueryException cutWithinRecord() {
        return new QueryException(
                ErrorCode.NOT_SUPPORTED,
                "'%s' is bzip2 with line ends in quoted fields: it cannot be read in parts"
                        .formatted(path),
                "say split = false to read it in one");
    }

    /** Whether the split is a stretch of a bzip2 file, cut at line ends by whoever reads it. */
    public boolean isCutBzip2() {
        return codec == Codec.BZIP2 && !wholeFile;
    }

    /** The split's bytes from the beginning, as UTF-8 without a byte order mark. */
    public ByteSource open() {
        ByteSource source =
                isCutBzip2()
                        ? StoredFile.bzip2Lines(path, start, end)
                        : StoredFile.open(path, start, end);
        return decoded(source, start == 0);
    }

    private ByteSource decoded(ByteSource source, boolean fromStart) {
        Charset charset = named == null ? StandardCharsets.UTF_8 : named;
        ByteSource marked = source;
        if (fromStart) {
            byte[] head = new byte[Encoding.HEAD];
            int count = source.read(head, 0, head.length);
            boolean open = named == null || named.equals(StandardCharsets.UTF_16);
            charset = open ? Encoding.of(head, count) : named;
            if (named != null && open && charset.equals(StandardCharsets.UTF_8)) {
                charset = StandardCharsets.UTF_16LE;
            }
            int mark = Encoding.markLength(head, count, charset);
            marked = new Prefixed(head, mark, count, source);
        }
        return charset.equals(StandardCharsets.UTF_8) ? marked : new Transcoded(marked, charset);
    }

    /** Whether the file may be cut into stretches at line ends. */
    public boolean isSplittable() {
        if (codec != Codec.NONE && codec != Codec.BZIP2) {
            return false;
        }
        Charset charset = named;
        if (charset == null) {
            byte[] head = new byte[Encoding.HEAD];
            try (ByteSource source = StoredFile.open(path)) {
                charset = Encoding.of(head, source.read(head, 0, head.length));
            }
        }
        return Encoding.isAsciiBased(charset);
    }

    /** How many lines of the file end before the split's first byte. */
    public long linesBefore() {
        if (start == 0) {
            return 0;
        }
        try (ByteSource before =
                isCutBzip2()
                        ? StoredFile.bzip2Lines(path, 0, start)
                        : StoredFile.raw(path, 0, start)) {
            return LineEnds.count(before, Long.MAX_VALUE, (byte) '\n');
        }
    }

    /** The number, from 1, of the line that holds the split's byte {@code offset}. */
    public long lineAt(long offset) {
        try (ByteSource source = open()) {
            return linesBefore() + LineEnds.count(source, offset, (byte) '\n') + 1;
        }
    }
}
