package org.skep.planner.check;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.skep.model.spi.FunctionRegistry;
import org.skep.model.type.Type;

/**
 * {@code +} or {@code -} of dates where Calcite wants an interval: {@code date + 1}, {@code date -
 * date}, {@code timestamp - timestamp} become calls of the registry's {@code plus} and {@code
 * minus}. All else goes to Calcite's operator.
 */
final class DateArithmetic extends SqlBinaryOperator {
    private final SqlBinaryOperator standard;
    private final String function;
    private final FunctionRegistry registry;

    DateArithmetic(SqlBinaryOperator standard, String function, FunctionRegistry registry) {
        super(
                standard.getName(),
                standard.getKind(),
                standard.getLeftPrec(),
                true,
                standard.getReturnTypeInference(),
                standard.getOperandTypeInference(),
                standard.getOperandTypeChecker());
        this.standard = standard;
        this.function = function;
        this.registry = registry;
    }

    @Override
    public boolean checkOperandTypes(SqlCallBinding call, boolean throwOnFailure) {
        return isOurs(call) || standard.checkOperandTypes(call, throwOnFailure);
    }

    /** Also writes into the call which operator it is. */
    @Override
    public RelDataType inferReturnType(SqlOperatorBinding call) {
        SqlOperator operator = isOurs(call) ? new ScalarOperator(function, registry) : standard;
        if (call instanceof SqlCallBinding written) {
            ((SqlBasicCall) written.getCall()).setOperator(operator);
        }
        return operator.inferReturnType(call);
    }

    private boolean isOurs(SqlOperatorBinding call) {
        List<Type> types = ScalarOperator.types(call);
        boolean intervals =
                types.stream()
                        .anyMatch(
                                type ->
                                        type.kind() == Type.Kind.INTERVAL_DAY
                                                || type.kind() == Type.Kind.INTERVAL_MONTH);
        return !intervals
                && types.stream().anyMatch(DateArithmetic::isDate)
                && registry.scalar(function, types).isPresent();
    }

    private static boolean isDate(Type type) {
        return type.kind() == Type.Kind.DATE || type.kind() == Type.Kind.TIMESTAMP;
    }
}
