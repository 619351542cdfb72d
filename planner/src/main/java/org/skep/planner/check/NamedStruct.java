package org.skep.planner.check;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/** {@code named_struct('a', 1, 'b', 'x')}: its type depends on the values of its arguments. */
final class NamedStruct extends SqlFunction {
    static final String NAME = "named_struct";

    NamedStruct() {
        super(
                NAME,
                SqlKind.OTHER_FUNCTION,
                null,
                null,
                null,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding call) {
        RelDataTypeFactory.Builder members = call.getTypeFactory().builder();
        for (int i = 0; i + 1 < call.getOperandCount(); i += 2) {
            members.add(call.getOperandLiteralValue(i, String.class), call.getOperandType(i + 1));
        }
        return members.build();
    }

    @Override
    public boolean checkOperandTypes(SqlCallBinding call, boolean throwOnFailure) {
        boolean fits = call.getOperandCount() > 0 && call.getOperandCount() % 2 == 0;
        for (int i = 0; i < call.getOperandCount(); i += 2) {
            fits &=
                    call.isOperandLiteral(i, false)
                            && ScalarOperator.isText(call.getOperandType(i));
        }
        if (!fits && throwOnFailure) {
            throw new QueryException(
                    ErrorCode.TYPE_MISMATCH,
                    ScalarOperator.position(call),
                    "named_struct takes names and values in turn",
                    "for example named_struct('a', 1, 'b', 'x')");
        }
        return fits;
    }

    @Override
    public SqlOperandCountRange getOperandCountRange() {
        return SqlOperandCountRanges.any();
    }
}
