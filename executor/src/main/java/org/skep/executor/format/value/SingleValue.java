package org.skep.executor.format.value;

import java.nio.charset.StandardCharsets;
import org.skep.model.data.Column;
import org.skep.model.type.Type;

/** Parses texts one at a time, where speed does not matter: folder names, samples. */
public final class SingleValue {
    private final ValueParser parser;
    private final BadValues bad = new BadValues();

    public SingleValue(Type type, TextFormats formats) {
        parser = ValueParser.of(type, formats);
    }

    /** The value in the boxed form of {@code Column.value}; null when the text is no such value. */
    public Object parse(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return parse(utf8, 0, utf8.length);
    }

    /** The value of {@code length} bytes; null when they are no such value. */
    public Object parse(byte[] data, int start, int length) {
        bad.begin(1);
        Column column = parser.parse(data, new int[] {start}, new int[] {length}, null, 1, bad);
        return bad.any() ? null : column.value(0);
    }

    public boolean accepts(byte[] data, int start, int length) {
        return parse(data, start, length) != null;
    }
}
