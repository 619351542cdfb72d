package org.skep.tests.tpch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The texts of the queries, with the specification's validation parameters or with others. */
public final class TpchQueries {
    /** How many sets of other parameters there are. */
    public static final int VARIANTS = 3;

    private TpchQueries() {}

    /** The query with its validation parameters. */
    public static String text(int number) {
        return resource("q%02d.sql".formatted(number));
    }

    /**
     * The query with parameters of its own, within the ranges of the specification.
     *
     * @param variant below {@link #VARIANTS}
     */
    public static String text(int number, int variant) {
        String text = text(number);
        String varied = text;
        for (String line : resource("parameters.tsv").split("\n")) {
            String[] fields = line.split("\t");
            if (Integer.parseInt(fields[0]) == number) {
                varied = varied.replace(fields[1], fields[2 + variant]);
            }
        }
        if (varied.equals(text)) {
            throw new IllegalStateException("no other parameters for query " + number);
        }
        return varied;
    }

    private static String resource(String name) {
        try (InputStream in = TpchQueries.class.getResourceAsStream("/tpch/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
