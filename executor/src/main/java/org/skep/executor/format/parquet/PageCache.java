package org.skep.executor.format.parquet;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Pages of Parquet files as they are after decompression, kept outside the heap for later queries
 * of the process. A page is taken in when it is wanted for the second time, so what is read once
 * costs nothing. Pages lie one after another in segments; when all are full, the segment that was
 * of least use lately is emptied, and only one page in {@value #RELUCTANCE} is taken in, so that
 * scans of more than the cache holds do not drive out everything before it is wanted again.
 */
final class PageCache {
    /** Bytes that the cache may take; 0 for none. A quarter of the heap's limit unless given. */
    static final String BYTES = "skep.page_cache.bytes";

    private static final int SEGMENT_BYTES = 32 << 20;
    private static final int RELUCTANCE = 8;
    private static final int MOST_SEEN = 1 << 17;

    private final int segmentBytes;
    private final Map<Key, Page> pages = new ConcurrentHashMap<>();
    private final Set<Key> seen = ConcurrentHashMap.newKeySet();
    private final AtomicInteger offered = new AtomicInteger(); // since the cache is full
    private final List<Segment> segments = new ArrayList<>(); // guarded by this
    private int mostSegments; // guarded by this
    private Segment filling; // guarded by this

    private static final class Shared {
        static final PageCache CACHE =
                new PageCache(
                        Long.getLong(BYTES, Runtime.getRuntime().maxMemory() / 4), SEGMENT_BYTES);
    }

    /** The place of a page: where its header begins in a footer's file. */
    private record Key(long footer, long offset) {}

    private static final class Segment {
        final ByteBuffer bytes;
        final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(); // write: to empty it
        final ConcurrentLinkedQueue<Key> keys = new ConcurrentLinkedQueue<>();
        final AtomicInteger hits = new AtomicInteger();
        int used; // guarded by the cache
        volatile int round; // how often it was emptied

        Segment(int size) {
            this.bytes = ByteBuffer.allocateDirect(size);
        }
    }

    /** A page that was kept. Its bytes may be gone when they are asked for. */
    static final class Page {
        private final PageHeader header;
        private final Segment segment;
        private final int round;
        private final int at;

        private Page(PageHeader header, Segment segment, int round, int at) {
            this.header = header;
            this.segment = segment;
            this.round = round;
            this.at = at;
        }

        PageHeader header() {
            return header;
        }

        /** Puts the page's bytes at the beginning of an array; false when they are gone. */
        boolean copyTo(byte[] into) {
            segment.lock.readLock().lock();
            try {
                if (segment.round != round) {
                    return false;
                }
                segment.bytes.get(at, into, 0, header.uncompressedBytes);
                segment.hits.incrementAndGet();
                return true;
            } finally {
                segment.lock.readLock().unlock();
            }
        }
    }

    PageCache(long bytes, int segmentBytes) {
        this.segmentBytes = segmentBytes;
        this.mostSegments = (int) Math.min(1 << 20, bytes / segmentBytes);
    }

    /** That of the process. */
    static PageCache shared() {
        return Shared.CACHE;
    }

    /**
     * The page whose header begins at {@code offset}; null when it is not kept.
     *
     * @param footer see {@link Footer#id}
     */
    Page find(long footer, long offset) {
        return pages.get(new Key(footer, offset));
    }

    /** Takes a page in, or only notes that it was wanted. */
    void offer(long footer, long offset, PageHeader header, byte[] page) {
        int length = header.uncompressedBytes;
        Key key = new Key(footer, offset);
        if (length > segmentBytes / 4 || pages.containsKey(key)) {
            return;
        }
        if (seen.add(key)) {
            if (seen.size() > MOST_SEEN) {
                seen.clear();
            }
            return;
        }
        Page kept = reserve(header, length);
        if (kept == null) {
            return;
        }
        Segment segment = kept.segment;
        segment.lock.readLock().lock();
        try {
            if (segment.round == kept.round) {
                segment.bytes.put(kept.at, page, 0, length);
                segment.keys.add(key);
                pages.put(key, kept);
                seen.remove(key);
            }
        } finally {
            segment.lock.readLock().unlock();
        }
    }

    private synchronized Page reserve(PageHeader header, int length) {
        boolean grows = segments.size() < mostSegments;
        if (!grows && offered.incrementAndGet() % RELUCTANCE != 0) {
            return null;
        }
        if (filling == null || filling.used + length > segmentBytes) {
            filling = grows ? grown() : emptied();
            if (filling == null) {
                return null;
            }
        }
        Page page = new Page(header, filling, filling.round, filling.used);
        filling.used += length;
        return page;
    }

    /** One segment more; when the process cannot have it, there will be no more. */
    private Segment grown() {
        try {
            Segment segment = new Segment(segmentBytes);
            segments.add(segment);
            return segment;
        } catch (OutOfMemoryError e) { // of memory outside the heap, which is the cache's alone
            mostSegments = segments.size();
            return emptied();
        }
    }

    /** The segment that was of least use; the use of all is forgotten by half. */
    private Segment emptied() {
        Segment least = null;
        for (Segment segment : segments) {
            if (least == null || segment.hits.get() < least.hits.get()) {
                least = segment;
            }
        }
        if (least == null) {
            return null;
        }
        segments.forEach(segment -> segment.hits.updateAndGet(hits -> hits / 2));
        least.lock.writeLock().lock();
        try {
            for (Key key = least.keys.poll(); key != null; key = least.keys.poll()) {
                pages.remove(key);
            }
            least.round++;
            least.used = 0;
        } finally {
            least.lock.writeLock().unlock();
        }
        return least;
    }
}
