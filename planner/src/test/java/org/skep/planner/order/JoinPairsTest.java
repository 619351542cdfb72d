package org.skep.planner.order;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The numbers of pairs are those of Moerkotte and Neumann (VLDB 2006, table 1). */
class JoinPairsTest {
    private static final int MOST = 1_000_000;

    private static JoinPairs.Edge edge(int left, int right) {
        return new JoinPairs.Edge(1L << left, 1L << right);
    }

    private static long[] pairs(int relations, List<JoinPairs.Edge> edges) {
        return JoinPairs.of(relations, edges, (left, right) -> true, MOST);
    }

    private static List<JoinPairs.Edge> chain(int relations) {
        List<JoinPairs.Edge> edges = new ArrayList<>();
        for (int i = 1; i < relations; i++) {
            edges.add(edge(i - 1, i));
        }
        return edges;
    }

    @Test
    void chain() {
        for (int n = 2; n <= 20; n++) {
            assertEquals((n * n * n - n) / 6, pairs(n, chain(n)).length / 2, "chain of " + n);
        }
    }

    @Test
    void cycle() {
        for (int n = 3; n <= 16; n++) {
            List<JoinPairs.Edge> edges = chain(n);
            edges.add(edge(n - 1, 0));
            int expected = (n * n * n - 2 * n * n + n) / 2;
            assertEquals(expected, pairs(n, edges).length / 2, "cycle of " + n);
        }
    }

    @Test
    void star() {
        for (int n = 2; n <= 14; n++) {
            for (int centre : new int[] {0, n / 2, n - 1}) {
                List<JoinPairs.Edge> edges = new ArrayList<>();
                for (int i = 0; i < n; i++) {
                    if (i != centre) {
                        edges.add(edge(centre, i));
                    }
                }
                int expected = (n - 1) << (n - 2);
                assertEquals(expected, pairs(n, edges).length / 2, "star of " + n);
            }
        }
    }

    @Test
    void clique() {
        for (int n = 2; n <= 10; n++) {
            List<JoinPairs.Edge> edges = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < i; j++) {
                    edges.add(edge(i, j));
                }
            }
            int expected = ((int) Math.pow(3, n) - (1 << n + 1) + 1) / 2;
            assertEquals(expected, pairs(n, edges).length / 2, "clique of " + n);
        }
    }

    @Test
    void noPairTwiceAndPartsFirst() {
        List<JoinPairs.Edge> edges = chain(7);
        edges.add(edge(0, 6));
        edges.add(edge(1, 4));
        edges.add(new JoinPairs.Edge(0b11, 0b1100000));
        long[] pairs = pairs(7, edges);
        Set<Long> joined = new HashSet<>();
        Set<List<Long>> seen = new HashSet<>();
        for (int i = 0; i < pairs.length; i += 2) {
            long left = pairs[i];
            long right = pairs[i + 1];
            assertEquals(0, left & right);
            assertTrue(Long.bitCount(left) == 1 || joined.contains(left));
            assertTrue(Long.bitCount(right) == 1 || joined.contains(right));
            List<Long> pair = List.of(Math.min(left, right), Math.max(left, right));
            assertTrue(seen.add(pair), "twice: " + pair);
            joined.add(left | right);
        }
        assertTrue(joined.contains(0b1111111L));
    }

    /** The hypergraph of the paper's figure 2: two chains of three, tied by one wide edge. */
    @Test
    void wideEdge() {
        List<JoinPairs.Edge> edges =
                List.of(
                        edge(0, 1),
                        edge(1, 2),
                        edge(3, 4),
                        edge(4, 5),
                        new JoinPairs.Edge(0b111, 0b111000));
        // four pairs within each chain, and one between the two
        assertEquals(9, pairs(6, edges).length / 2);
    }

    @Test
    void whatMayNotBeJoinedIsNoPartOfOther() {
        long[] pairs = JoinPairs.of(3, chain(3), (left, right) -> (left | right) != 0b11, MOST);
        assertArrayEquals(new long[] {0b10, 0b100, 0b1, 0b110}, pairs);
    }

    @Test
    void tooManyAreNone() {
        assertNull(JoinPairs.of(10, chain(10), (left, right) -> true, 164));
        assertFalse(JoinPairs.of(10, chain(10), (left, right) -> true, 165) == null);
    }

    @Test
    void notConnected() {
        assertEquals(0, pairs(2, List.of()).length);
    }
}
