package org.skep.catalog;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.error.Suggestion;

/**
 * The lines {@code key = value} of a file. Empty lines and those that begin with {@code #} or
 * {@code !} say nothing. Unlike in Java's properties nothing is escaped: a password is written as
 * it is. {@code key-env = NAME} stands for {@code key} with the value of an environment variable.
 *
 * <p>Errors name the file and the line, and never a value that may be secret.
 */
final class CatalogProperties {
    private static final String FROM_ENVIRONMENT = "-env";

    private record Line(int number, String value) {}

    private final Path file;
    private final Map<String, Line> lines = new LinkedHashMap<>();

    private CatalogProperties(Path file) {
        this.file = file;
    }

    /**
     * @param environment the values of environment variables, null for those that are not set
     * @throws QueryException FILE_NOT_READABLE, INVALID_SETTING
     */
    static CatalogProperties read(Path file, UnaryOperator<String> environment) {
        CatalogProperties properties = new CatalogProperties(file);
        int number = 0;
        for (String line : text(file)) {
            number++;
            String text = line.strip();
            if (!text.isEmpty() && text.charAt(0) != '#' && text.charAt(0) != '!') {
                properties.add(number, text, environment);
            }
        }
        return properties;
    }

    private static List<String> text(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw new QueryException(
                    ErrorCode.FILE_NOT_READABLE,
                    "'%s' is not UTF-8 text".formatted(file),
                    "save it as UTF-8");
        } catch (IOException e) {
            throw new QueryException(
                    ErrorCode.FILE_NOT_READABLE,
                    "'%s' cannot be read: %s".formatted(file, e),
                    "it says where the catalog of this warehouse is");
        }
    }

    private void add(int number, String text, UnaryOperator<String> environment) {
        int equals = text.indexOf('=');
        String key = (equals < 0 ? text.split("\\s", 2)[0] : text.substring(0, equals)).strip();
        String value = equals < 0 ? "" : text.substring(equals + 1).strip();
        if (key.isEmpty() || value.isEmpty()) {
            throw wrong(
                    number,
                    key.isEmpty() ? "no key before '='" : "'%s' has no value".formatted(key),
                    "lines are key = value; # begins a comment");
        }
        Line line = new Line(number, value);
        if (key.endsWith(FROM_ENVIRONMENT) && key.length() > FROM_ENVIRONMENT.length()) {
            line = new Line(number, variable(number, key, value, environment));
            key = key.substring(0, key.length() - FROM_ENVIRONMENT.length());
        }
        Line before = lines.putIfAbsent(key, line);
        if (before != null) {
            throw wrong(
                    number,
                    "'%s' is given already, in line %d".formatted(key, before.number),
                    "leave one of the two lines");
        }
    }

    private String variable(
            int number, String key, String name, UnaryOperator<String> environment) {
        String value = environment.apply(name);
        if (value == null || value.isEmpty()) {
            throw wrong(
                    number,
                    "%s names the environment variable '%s', which is not set".formatted(key, name),
                    "export %s=… before you start skep".formatted(name));
        }
        return value;
    }

    /** The value of a key, or null. */
    String value(String key) {
        Line line = lines.get(key);
        return line == null ? null : line.value;
    }

    /**
     * The value of a key.
     *
     * @param hint what to write
     * @throws QueryException INVALID_SETTING when it is not there
     */
    String required(String key, String hint) {
        Line line = lines.get(key);
        if (line == null) {
            throw new QueryException(
                    ErrorCode.INVALID_SETTING, "'%s': no '%s' in it".formatted(file, key), hint);
        }
        return line.value;
    }

    /**
     * Fails for a key that is not known.
     *
     * @param prefix of others that are
     * @throws QueryException SETTING_NOT_FOUND
     */
    void requireKnown(Set<String> known, String prefix) {
        lines.forEach(
                (key, line) -> {
                    if (!known.contains(key) && !key.startsWith(prefix)) {
                        throw unknown(key, line.number, known);
                    }
                });
    }

    private QueryException unknown(String key, int number, Set<String> known) {
        String near = Suggestion.hint(key, known);
        return new QueryException(
                ErrorCode.SETTING_NOT_FOUND,
                "'%s', line %d: no setting '%s'".formatted(file, number, key),
                near != null ? near : "settings here are " + String.join(", ", known));
    }

    /**
     * Fails for keys that have no meaning here.
     *
     * @throws QueryException INVALID_SETTING
     */
    void refuse(List<String> keys, String why, String hint) {
        for (String key : keys) {
            if (lines.containsKey(key)) {
                throw invalid(key, why.formatted(key), hint);
            }
        }
    }

    /** The error for what is wrong with the value of a key. */
    QueryException invalid(String key, String message, String hint) {
        return wrong(lines.get(key).number, message, hint);
    }

    private QueryException wrong(int number, String message, String hint) {
        return new QueryException(
                ErrorCode.INVALID_SETTING,
                "'%s', line %d: %s".formatted(file, number, message),
                hint);
    }

    /** All values by their keys. */
    Map<String, String> all() {
        Map<String, String> all = new TreeMap<>();
        lines.forEach((key, line) -> all.put(key, line.value));
        return all;
    }
}
