package org.skep.parser;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
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
    static SqlNode value(By by, SqlNode written) {
        SqlParserPos place = written.getParserPosition();
        return switch (by) {
            case VERSION -> written;
            case TIMESTAMP ->
                    SqlStdOperatorTable.CAST.createCall(
                            place, written, SkepTypeSpec.of(Type.TIMESTAMP, place));
        };
    }
}
