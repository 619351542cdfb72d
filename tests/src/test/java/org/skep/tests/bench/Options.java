package org.skep.tests.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The arguments of a benchmark, {@code name=value} each; those not given have defaults. */
public final class Options {
    private final Map<String, String> values;

    private Options(Map<String, String> values) {
        this.values = values;
    }

    /**
     * @param defaults all options that there are
     */
    public static Options of(String[] arguments, Map<String, String> defaults) {
        Map<String, String> values = new HashMap<>(defaults);
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            if (parts.length < 2 || !defaults.containsKey(parts[0])) {
                throw new IllegalArgumentException(
                        "'%s' is none of the options, which are by default %s"
                                .formatted(argument, new TreeMap<>(defaults)));
            }
            values.put(parts[0], parts[1]);
        }
        return new Options(values);
    }

    public String text(String name) {
        return values.get(name);
    }

    public int number(String name) {
        return Integer.parseInt(text(name));
    }

    public double decimal(String name) {
        return Double.parseDouble(text(name));
    }

    public Path path(String name) {
        return Path.of(text(name)).toAbsolutePath();
    }

    /** The values of an option that lists several between commas. */
    public List<String> list(String name) {
        return Arrays.asList(text(name).split(","));
    }
}
