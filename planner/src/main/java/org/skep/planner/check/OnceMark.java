package org.skep.planner.check;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.skep.parser.PlainSelect;

/**
 * Marks a query that is computed once, because all its uses must see the same rows, or because a
 * hint asks for a checkpoint. Calcite puts the query of a name in WITH wherever the name is used;
 * by the mark the copies are known again in the algebra.
 *
 * <pre>
 * q → SELECT * FROM (q) WHERE $once('which')
 * </pre>
 */
public final class OnceMark extends SqlFunction {
    private static final OnceMark OPERATOR = new OnceMark();
    private static final String CHECKPOINT = "checkpoint ";

    private OnceMark() {
        super(
                "$once",
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.BOOLEAN_NOT_NULL,
                null,
                OperandTypes.CHARACTER,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
    }

    /** No rule may take a mark for a condition that is true. */
    @Override
    public boolean isDeterministic() {
        return false;
    }

    /** Not looked up by name: no function that a user can call is called so. */
    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        validator.deriveType(scope, call.operand(0));
        return validator.getTypeFactory().createSqlType(SqlTypeName.BOOLEAN);
    }

    /**
     * @param key that no other query of the statement has; null for a query that needs no mark
     */
    static SqlNode mark(SqlNode query, String key) {
        if (key == null) {
            return query;
        }
        SqlParserPos place = query.getParserPosition();
        SqlSelect marked = PlainSelect.all(place, query);
        marked.setWhere(OPERATOR.createCall(place, SqlLiteral.createCharString(key, place)));
        return marked;
    }

    /** The key of a query that a hint makes a checkpoint of. */
    static String checkpoint(String key) {
        return CHECKPOINT + key;
    }

    /** Whether a key is of a query that is to be a checkpoint. */
    public static boolean isCheckpoint(String key) {
        return key.startsWith(CHECKPOINT);
    }

    /** The key of a mark; null of any other condition. */
    public static String keyOf(RexNode condition) {
        return condition instanceof RexCall call && call.getOperator() == OPERATOR
                ? RexLiteral.stringValue(call.getOperands().get(0))
                : null;
    }
}
