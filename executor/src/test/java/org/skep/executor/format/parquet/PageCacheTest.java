package org.skep.executor.format.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;

class PageCacheTest {
    private static final int SEGMENT = 4096;

    /** A header of a page of {@code bytes} bytes. */
    private static PageHeader header(int bytes) {
        var header = new org.apache.parquet.format.PageHeader(PageType.DATA_PAGE, bytes, bytes / 2);
        header.setData_page_header(
                new DataPageHeader(bytes / 8, Encoding.PLAIN, Encoding.RLE, Encoding.RLE));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            Util.writePageHeader(header, out);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return PageHeader.parse(out.toByteArray(), 0, out.size());
    }

    private static byte[] content(long footer, long offset, int bytes) {
        byte[] content = new byte[bytes];
        new Random(31 * footer + offset).nextBytes(content);
        return content;
    }

    private static void offerTwice(PageCache cache, long footer, long offset, int bytes) {
        cache.offer(footer, offset, header(bytes), content(footer, offset, bytes));
        cache.offer(footer, offset, header(bytes), content(footer, offset, bytes));
    }

    @Test
    void aPageIsKeptWhenItIsWantedForTheSecondTime() {
        PageCache cache = new PageCache(4 * SEGMENT, SEGMENT);
        cache.offer(1, 100, header(500), content(1, 100, 500));
        assertNull(cache.find(1, 100));
        cache.offer(1, 100, header(500), content(1, 100, 500));
        PageCache.Page page = cache.find(1, 100);
        assertEquals(500, page.header().uncompressedBytes);
        byte[] into = new byte[600];
        assertTrue(page.copyTo(into));
        assertArrayEquals(content(1, 100, 500), Arrays.copyOf(into, 500));
        assertNull(cache.find(2, 100), "another file");
        assertNull(cache.find(1, 101), "another page");
    }

    @Test
    void pagesTooLargeAndACacheOfNothingKeepNothing() {
        PageCache cache = new PageCache(4 * SEGMENT, SEGMENT);
        offerTwice(cache, 1, 0, SEGMENT / 4 + 1);
        assertNull(cache.find(1, 0));
        PageCache none = new PageCache(0, SEGMENT);
        for (int i = 0; i < 100; i++) {
            offerTwice(none, 1, i, 10);
            assertNull(none.find(1, i));
        }
    }

    @Test
    void whatIsUsedStaysAndWhatIsNotGoes() {
        PageCache cache = new PageCache(4 * SEGMENT, SEGMENT);
        for (int page = 0; page < 16; page++) {
            offerTwice(cache, 1, page, SEGMENT / 4);
        }
        PageCache.Page old = cache.find(1, 4); // in the second segment
        byte[] into = new byte[SEGMENT];
        for (int i = 0; i < 1000; i++) {
            for (int page : new int[] {0, 8, 12}) { // of the others
                assertTrue(cache.find(1, page).copyTo(into));
            }
        }
        for (int other = 0; other < 64; other++) {
            offerTwice(cache, 2, other, SEGMENT / 4);
        }
        assertNull(cache.find(1, 4));
        assertFalse(old.copyTo(into));
        for (int page : new int[] {0, 8, 12}) {
            assertNotNull(cache.find(1, page));
        }
    }

    @Test
    void bytesAreThoseOfThePageHoweverManyReadAndEmpty() throws Exception {
        PageCache cache = new PageCache(8 * SEGMENT, SEGMENT);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        AtomicLong hits = new AtomicLong();
        List<Future<?>> all = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            Random random = new Random(thread);
            all.add(
                    threads.submit(
                            () -> {
                                byte[] into = new byte[SEGMENT];
                                for (int i = 0; i < 50_000; i++) {
                                    int offset = random.nextInt(200);
                                    int bytes = 1 + offset * 7 % (SEGMENT / 4);
                                    PageCache.Page page = cache.find(1, offset);
                                    if (page == null) {
                                        cache.offer(
                                                1,
                                                offset,
                                                header(bytes),
                                                content(1, offset, bytes));
                                    } else if (page.copyTo(into)) {
                                        hits.incrementAndGet();
                                        assertArrayEquals(
                                                content(1, offset, bytes),
                                                Arrays.copyOf(into, bytes));
                                    }
                                }
                            }));
        }
        for (Future<?> each : all) {
            each.get();
        }
        threads.shutdown();
        assertTrue(hits.get() > 1000, () -> hits + " hits");
    }
}
