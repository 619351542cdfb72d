package org.skep.parser;

import org.apache.calcite.sql.SqlNode;
import org.skep.model.error.Position;
import org.skep.model.type.Type;

/**
 * Which state of a table is meant.
 *
 * @param value a constant: a snapshot's number or name, or a time
 */
public record TableVersion(By by, Syntax value, Position position) {
    /** What the value says. */
    public enum By {
        VERSION,
        TIMESTAMP
    }

    /** The value as written, cast to a time where it must be one. */
    static Syntax value(By by, SqlNode written) {
        Syntax value = new Syntax(written);
        return switch (by) {
            case VERSION -> value;
            case TIMESTAMP -> value.cast(Type.TIMESTAMP);
        };
    }
}
