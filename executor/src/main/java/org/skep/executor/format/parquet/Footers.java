package org.skep.executor.format.parquet;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.file.DataFile;

/**
 * Footers that were read lately, so that looking into a file, sharing it out and reading it parse
 * its footer once. A file that was changed has another size or time, and so another key.
 */
final class Footers {
    /** A parsed footer takes several times its bytes. */
    private static final long MOST_BYTES = 32L << 20;

    private final Map<Key, Footer> cached = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    private record Key(String path, long bytes, long modifiedMillis) {
        static Key of(DataFile file) {
            return new Key(file.path(), file.bytes(), file.modifiedMillis());
        }
    }

    Footer of(DataFile file) {
        Footer known = find(file);
        if (known != null) {
            return known;
        }
        try (FileChannel channel = open(file)) {
            return of(file, channel);
        } catch (IOException e) {
            throw Place.of(file.path()).error(e);
        }
    }

    Footer of(DataFile file, FileChannel channel) {
        Footer known = find(file);
        if (known != null) {
            return known;
        }
        Footer footer = Footer.read(channel, file.path());
        keep(Key.of(file), footer);
        return footer;
    }

    static FileChannel open(DataFile file) {
        try {
            return FileChannel.open(Path.of(file.path()), StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw new QueryException(ErrorCode.FILE_NOT_FOUND, "no file " + file.path(), e);
        } catch (IOException e) {
            throw Place.of(file.path()).error(e);
        }
    }

    private synchronized Footer find(DataFile file) {
        return cached.get(Key.of(file));
    }

    private synchronized void keep(Key key, Footer footer) {
        Footer before = cached.put(key, footer);
        bytes += footer.footerBytes - (before == null ? 0 : before.footerBytes);
        Iterator<Footer> oldest = cached.values().iterator();
        while (bytes > MOST_BYTES && cached.size() > 1) {
            bytes -= oldest.next().footerBytes;
            oldest.remove();
        }
    }
}
