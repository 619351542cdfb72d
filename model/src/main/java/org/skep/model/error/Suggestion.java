package org.skep.model.error;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds what the user probably meant. */
public final class Suggestion {
    private Suggestion() {}

    /** The name nearest to {@code typed}, if one is near enough to be worth naming. */
    public static Optional<String> closest(String typed, Collection<String> names) {
        String wanted = typed.toLowerCase(Locale.ROOT);
        String best = null;
        int bestDistance = Math.max(1, wanted.length() / 3) + 1;
        for (String name : names) {
            int distance = distance(wanted, name.toLowerCase(Locale.ROOT), bestDistance);
            // a word of which every letter is another is no misspelling
            if (distance < bestDistance && distance < wanted.length()) {
                best = name;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /** "did you mean 'x'?", or null when nothing is near. */
    public static String hint(String typed, Collection<String> names) {
        return closest(typed, names).map("did you mean '%s'?"::formatted).orElse(null);
    }

    /**
     * Edits (insert, delete, replace, swap of neighbours) from one word to the other, after Damerau
     * (1964) in the restricted form; {@code limit} or more is reported as {@code limit}.
     */
    private static int distance(String a, String b, int limit) {
        if (Math.abs(a.length() - b.length()) >= limit) {
            return limit;
        }
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replace, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                boolean swapped =
                        i > 1
                                && j > 1
                                && a.charAt(i - 1) == b.charAt(j - 2)
                                && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return Math.min(limit, d[a.length()][b.length()]);
    }
}
