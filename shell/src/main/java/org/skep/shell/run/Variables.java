package org.skep.shell.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.Position;
import org.skep.model.error.QueryException;
import org.skep.model.error.Suggestion;

/**
 * Puts the values of variables into scripts, as text, before anything is parsed: {@code ${name}},
 * {@code ${name:-value when it is not given}}, Hive's {@code ${hivevar:name}}. {@code $${} stands
 * for {@code ${} itself.
 */
public final class Variables {
    private static final String HIVE_PREFIX = "hivevar:";

    private final Map<String, String> values;

    public Variables(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * A script's text with values in place of names.
     *
     * @throws QueryException VARIABLE_NOT_FOUND, SYNTAX_ERROR, with positions in {@code source}
     */
    public Expanded expand(String source) {
        StringBuilder out = new StringBuilder(source.length());
        List<Expanded.Piece> pieces = new ArrayList<>();
        int copied = 0;
        int at = source.indexOf("${");
        while (at >= 0) {
            boolean escaped = at > copied && source.charAt(at - 1) == '$';
            int plainEnd = escaped ? at - 1 : at;
            pieces.add(new Expanded.Piece(out.length(), copied, Expanded.PLAIN));
            out.append(source, copied, plainEnd);
            int end;
            if (escaped) {
                end = at + 2;
                pieces.add(new Expanded.Piece(out.length(), plainEnd, end - plainEnd));
                out.append("${");
            } else {
                end = source.indexOf('}', at) + 1;
                if (end == 0) {
                    throw new QueryException(
                            ErrorCode.SYNTAX_ERROR,
                            Expanded.position(source, at, at + 1),
                            "the '${' is not closed",
                            "write $${ for the characters themselves");
                }
                pieces.add(new Expanded.Piece(out.length(), at, end - at));
                out.append(value(source, at, end));
            }
            copied = end;
            at = source.indexOf("${", copied);
        }
        pieces.add(new Expanded.Piece(out.length(), copied, Expanded.PLAIN));
        out.append(source, copied, source.length());
        return new Expanded(source, out.toString(), pieces);
    }

    private String value(String source, int start, int end) {
        String inner = source.substring(start + 2, end - 1).strip();
        int defaultAt = inner.indexOf(":-");
        String name = defaultAt < 0 ? inner : inner.substring(0, defaultAt).strip();
        if (name.startsWith(HIVE_PREFIX)) {
            name = name.substring(HIVE_PREFIX.length());
        }
        String value = values.get(name);
        if (value == null && defaultAt >= 0) {
            value = inner.substring(defaultAt + 2);
        }
        if (value == null) {
            Position place = Expanded.position(source, start, end - 1);
            String near = Suggestion.hint(name, values.keySet());
            throw new QueryException(
                    ErrorCode.VARIABLE_NOT_FOUND,
                    place,
                    "no value for the variable '%s'".formatted(name),
                    near != null ? near : "give it with --var %s=value".formatted(name));
        }
        return value;
    }
}
