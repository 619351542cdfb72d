package org.skep.tests.random;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Makes a failing query smaller: leaves out clauses and elements of lists, puts a part in the place
 * of what it is a part of, as long as the query fails in the same way.
 */
final class Shrinker {
    private static final int MOST_TRIALS = 600;

    /** Without a condition a join may take long: better a larger query than none. */
    private static final long MOST_NANOS = 15_000_000_000L;

    private final TwoEngines engines;
    private final long start = System.nanoTime();
    private int trials;

    Shrinker(TwoEngines engines) {
        this.engines = engines;
    }

    /** The smallest query found that fails as {@code failing} does. */
    RandomQuery shrink(RandomQuery failing, Verdict verdict) throws SQLException {
        // without its ORDER BY, if it can do without
        RandomQuery unordered = failing.unordered();
        RandomQuery best = stillFails(unordered, verdict) ? unordered : failing;
        boolean smaller = !best.ordered() || verdict.kind() == Verdict.Kind.BROKEN;
        while (smaller && hasTime()) {
            smaller = false;
            List<Piece> candidates = candidates(best.sql());
            candidates.sort(Comparator.comparingInt(Piece::size));
            for (Piece candidate : candidates) {
                if (candidate.size() < best.sql().size()
                        && stillFails(best.with(candidate), verdict)) {
                    best = best.with(candidate);
                    smaller = true;
                    break;
                }
                if (!hasTime()) {
                    break;
                }
            }
        }
        return best;
    }

    private boolean hasTime() {
        return trials < MOST_TRIALS && System.nanoTime() - start < MOST_NANOS;
    }

    private boolean stillFails(RandomQuery query, Verdict verdict) throws SQLException {
        trials++;
        Verdict now = engines.run(query);
        return now.kind() == verdict.kind()
                && (now.kind() == Verdict.Kind.DIFFERENT
                        || start(now.reason()).equals(start(verdict.reason())));
    }

    /** What an error is called, without what it is about. */
    private static String start(String message) {
        return message.substring(0, Math.min(40, message.length()));
    }

    /** The piece with one thing in it changed, in every way. */
    private static List<Piece> candidates(Piece piece) {
        List<Piece> all = new ArrayList<>();
        if (piece.kind().isValue() && !piece.parts().isEmpty()) {
            parts(piece, piece.kind(), all);
            all.add(Piece.of(piece.kind(), "CAST(NULL AS " + piece.kind().type() + ")"));
            if (piece.kind() == Kind.BOOLEAN) {
                all.add(Piece.of(Kind.BOOLEAN, "TRUE"));
            }
        }
        if (piece.kind() == Kind.QUERY || piece.kind() == Kind.RELATION) {
            parts(piece, piece.kind(), all);
        }
        if (piece.kind() == Kind.CLAUSE) {
            all.add(Piece.none());
        }
        for (int i = 0; i < piece.parts().size(); i++) {
            if (piece.kind() == Kind.LIST && piece.parts().size() > 1) {
                List<Piece> fewer = new ArrayList<>(piece.parts());
                fewer.remove(i);
                all.add(piece.withParts(fewer));
            }
            for (Piece part : candidates(piece.parts().get(i))) {
                List<Piece> parts = new ArrayList<>(piece.parts());
                parts.set(i, part);
                all.add(piece.withParts(parts));
            }
        }
        return all;
    }

    private static void parts(Piece piece, Kind kind, List<Piece> found) {
        for (Piece part : piece.parts()) {
            if (part.kind() == kind) {
                found.add(part);
            }
            parts(part, kind, found);
        }
    }
}
