package org.skep.planner.order;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Expressions over columns that stand elsewhere. */
final class Columns {
    private Columns() {}

    /** With each column replaced by its entry in {@code at}. */
    static RexNode moved(RexNode expression, int[] at) {
        return expression.accept(
                new RexShuttle() {
                    @Override
                    public RexNode visitInputRef(RexInputRef ref) {
                        return new RexInputRef(at[ref.getIndex()], ref.getType());
                    }
                });
    }

    /**
     * The same over rows whose columns may be null where they were not before, as below an outer
     * join that is done earlier than it is written. What is computed of them may then be null too.
     *
     * @param fields of the rows
     */
    static RexNode moved(
            RexBuilder rex, RexNode expression, int[] at, List<RelDataTypeField> fields) {
        RelDataTypeFactory types = rex.getTypeFactory();
        return expression.accept(
                new RexShuttle() {
                    @Override
                    public RexNode visitInputRef(RexInputRef ref) {
                        int index = at[ref.getIndex()];
                        RelDataType type = fields.get(index).getType();
                        return new RexInputRef(index, type);
                    }

                    @Override
                    public RexNode visitCall(RexCall call) {
                        List<RexNode> operands = new ArrayList<>();
                        boolean newNull = false;
                        for (RexNode operand : call.getOperands()) {
                            RexNode seen = operand.accept(this);
                            newNull |=
                                    seen.getType().isNullable() && !operand.getType().isNullable();
                            operands.add(seen);
                        }
                        boolean may = newNull && !isNeverNull(call);
                        RelDataType type =
                                may
                                        ? types.createTypeWithNullability(call.getType(), true)
                                        : call.getType();
                        return call.clone(type, operands);
                    }
                });
    }

    /** The column that an expression is, whatever it says about nulls; -1 when it is none. */
    static int index(RexNode expression) {
        RexNode bare = expression;
        if (expression.getKind() == SqlKind.CAST) {
            RexNode operand = ((RexCall) expression).getOperands().get(0);
            boolean same =
                    SqlTypeUtil.equalSansNullability(expression.getType(), operand.getType());
            bare = same ? operand : expression;
        }
        return bare instanceof RexInputRef ref ? ref.getIndex() : -1;
    }

    private static boolean isNeverNull(RexCall call) {
        return switch (call.getKind()) {
            case IS_NULL,
                    IS_NOT_NULL,
                    IS_TRUE,
                    IS_FALSE,
                    IS_NOT_TRUE,
                    IS_NOT_FALSE,
                    IS_DISTINCT_FROM,
                    IS_NOT_DISTINCT_FROM ->
                    true;
            default -> false;
        };
    }
}
