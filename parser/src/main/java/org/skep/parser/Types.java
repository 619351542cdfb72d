package org.skep.parser;

import java.util.List;
import org.antlr.v4.runtime.misc.Interval;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.error.Suggestion;
import org.skep.model.type.Type;
import org.skep.parser.grammar.SkepParser.TypeContext;

/** Type names as types. */
final class Types {
    private static final List<String> NAMES =
            List.of(
                    "BOOLEAN",
                    "TINYINT",
                    "SMALLINT",
                    "INT",
                    "INTEGER",
                    "BIGINT",
                    "LONG",
                    "FLOAT",
                    "REAL",
                    "DOUBLE",
                    "DECIMAL",
                    "NUMERIC",
                    "DATE",
                    "TIMESTAMP",
                    "STRING",
                    "TEXT",
                    "VARCHAR",
                    "CHAR",
                    "BINARY",
                    "INTERVAL",
                    "ARRAY",
                    "MAP",
                    "STRUCT");

    private Types() {}

    static SqlDataTypeSpec spec(TypeContext context) {
        return SkepTypeSpec.of(type(context), Places.of(context));
    }

    static Type type(TypeContext context) {
        Interval span =
                Interval.of(context.getStart().getStartIndex(), context.getStop().getStopIndex());
        try {
            return Type.parse(context.getStart().getInputStream().getText(span));
        } catch (QueryException e) {
            throw e.code() == ErrorCode.SYNTAX_ERROR && context.getChildCount() == 1
                    ? unknown(context)
                    : e.at(Places.position(context));
        }
    }

    private static QueryException unknown(TypeContext context) {
        String typed = context.getText();
        String near = Suggestion.hint(typed, NAMES);
        return new QueryException(
                ErrorCode.TYPE_MISMATCH,
                Places.position(context),
                "no type '%s'".formatted(typed),
                near != null ? near : "types are " + String.join(", ", NAMES));
    }
}
