package org.skep.executor.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

class LikeTest {
    private static boolean like(String text, String pattern, Character escape) {
        byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
        return LikePattern.of(pattern, escape, true).matches(bytes, 1, bytes.length - 2);
    }

    @Test
    void wildcards() {
        assertTrue(like("größe", "gr__e", null));
        assertTrue(like("größe", "%ö_e", null));
        assertFalse(like("größe", "gr_e", null));
        assertTrue(like("", "%", null));
        assertFalse(like("", "_", null));
        assertTrue(like("abab", "%ab", null));
        assertTrue(like("a%b", "a!%b", '!'));
        assertFalse(like("axb", "a!%b", '!'));
        assertTrue(
                LikePattern.of("ÄB%", null, false)
                        .matches("äbc".getBytes(StandardCharsets.UTF_8), 0, 4));
    }

    @Test
    void aPatternMustNotEndWithItsEscape() {
        assertEquals(
                ErrorCode.INVALID_ARGUMENT,
                assertThrows(QueryException.class, () -> like("a", "a!", '!')).code());
    }

    /** The same as a regular expression says, for random texts and patterns. */
    @Test
    void agreesWithRegularExpressions() {
        Random random = new Random(42);
        String letters = "abä%_";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            StringBuilder pattern = new StringBuilder();
            StringBuilder regex = new StringBuilder();
            for (int k = random.nextInt(7); k > 0; k--) {
                text.append(letters.charAt(random.nextInt(3)));
            }
            for (int k = random.nextInt(6); k > 0; k--) {
                char c = letters.charAt(random.nextInt(5));
                pattern.append(c);
                regex.append(c == '%' ? ".*" : c == '_' ? "." : Character.toString(c));
            }
            assertEquals(
                    Pattern.matches(regex.toString(), text),
                    like(text.toString(), pattern.toString(), null),
                    () -> "'%s' LIKE '%s'".formatted(text, pattern));
        }
    }
}
