package org.skep.tests.tpch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The texts of the queries, with the validation parameters of the specification. */
public final class TpchQueries {
    private TpchQueries() {}

    public static String text(int number) {
        String name = "/tpch/q%02d.sql".formatted(number);
        try (InputStream in = TpchQueries.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
