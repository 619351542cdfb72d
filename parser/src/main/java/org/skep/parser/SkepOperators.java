package org.skep.parser;

import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/** Operators that Calcite lacks or means otherwise. */
public final class SkepOperators {
    /** {@code /}: DOUBLE whatever the operands, so that 1 / 2 is a half. */
    public static final SqlBinaryOperator DIVIDE =
            new SqlBinaryOperator(
                    "/",
                    SqlKind.DIVIDE,
                    60,
                    true,
                    ReturnTypes.DOUBLE_NULLABLE,
                    InferTypes.FIRST_KNOWN,
                    OperandTypes.NUMERIC_NUMERIC);

    /** {@code div}: the quotient without its fraction, as BIGINT. */
    public static final SqlBinaryOperator INTEGER_DIVIDE =
            new SqlBinaryOperator(
                    "DIV",
                    SqlKind.OTHER,
                    60,
                    true,
                    ReturnTypes.BIGINT_NULLABLE,
                    InferTypes.FIRST_KNOWN,
                    OperandTypes.NUMERIC_NUMERIC);

    /**
     * Files in FROM, to be replaced by a table before validation: a format (a string, or NULL to
     * tell by the files), a list of paths (strings), a list of option keys (lower-case strings) and
     * values (literals) in turn.
     */
    public static final SqlOperator FILE_TABLE = new Marker("FILE_TABLE");

    /**
     * An older state of a table in FROM: its name, {@link TableVersion.By} as a string, and the
     * value. To be replaced by a table before validation.
     */
    public static final SqlOperator VERSIONED_TABLE = new Marker("VERSIONED_TABLE");

    /** The only item of GROUP BY ALL: group by every item without an aggregate. */
    public static final SqlOperator GROUP_ALL = new Marker("GROUP_ALL");

    /** The only item of ORDER BY ALL, possibly within DESC and NULLS FIRST or LAST. */
    public static final SqlOperator ORDER_ALL = new Marker("ORDER_ALL");

    /**
     * {@code * EXCEPT (…) REPLACE (…)} in a select list: the star, a list of names to leave out, a
     * list of {@code expression AS name} that stand in for columns of that name.
     */
    public static final SqlOperator STAR_EXCEPT = new Marker("STAR_EXCEPT");

    private SkepOperators() {}

    /** Whether a call stands for a table, so that names in it are not columns. */
    public static boolean isTable(SqlOperator operator) {
        return operator == FILE_TABLE || operator == VERSIONED_TABLE;
    }

    /** Stands in syntax until the planner replaces it; printed like a call. */
    private static final class Marker extends SqlSpecialOperator {
        Marker(String name) {
            super(name, SqlKind.OTHER);
        }

        @Override
        public void unparse(
                SqlWriter writer, SqlCall call, int leftPrecedence, int rightPrecedence) {
            SqlUtil.unparseFunctionSyntax(this, writer, call, false);
        }
    }
}
