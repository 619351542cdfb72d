package org.skep.executor.format.value;

import org.skep.model.data.Column;
import org.skep.model.type.Type;

/**
 * Makes a column from texts. Each parser is a loop over one type, so that the compiler sees nothing
 * but that type; used by one thread.
 */
public abstract class ValueParser {
    private final Type type;

    ValueParser(Type type) {
        this.type = type;
    }

    public final Type type() {
        return type;
    }

    /** Whether the column keeps {@code starts}, {@code lengths} and {@code data} as they are. */
    public boolean keepsTexts() {
        return false;
    }

    /**
     * Parses the texts of {@code rows} rows: {@code lengths[i]} bytes of {@code data} from {@code
     * starts[i]}.
     *
     * @param validity clear bits are nulls, whose text is not looked at; null when there are none
     * @param bad hears of texts that are no values; what the column holds there is arbitrary
     */
    public abstract Column parse(
            byte[] data, int[] starts, int[] lengths, long[] validity, int rows, BadValues bad);

    /** The parser for values of {@code type}. */
    public static ValueParser of(Type type, TextFormats formats) {
        return switch (type.kind()) {
            case NULL, BOOLEAN -> new BooleanParser(type);
            case TINYINT, SMALLINT, INTEGER, INTERVAL_MONTH -> new IntParser(type);
            case BIGINT, INTERVAL_DAY -> new LongParser(type);
            case FLOAT, DOUBLE -> new DoubleParser(type);
            case DECIMAL -> new DecimalParser(type);
            case DATE -> new DateParser(formats);
            case TIMESTAMP -> new TimestampParser(formats);
            case STRING, BINARY -> new BytesParser(type);
            case ARRAY, MAP, STRUCT -> new JsonParser(type, formats);
        };
    }

    /** The parser for times as web servers log them: {@code 10/Oct/2000:13:55:36 -0700}, as UTC. */
    public static ValueParser ofLogTime() {
        return new LogTimeParser();
    }

    /** The type as a message should name it. */
    public static String named(Type type) {
        return type.withArticle();
    }
}
