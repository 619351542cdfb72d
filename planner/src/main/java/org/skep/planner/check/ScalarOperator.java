package org.skep.planner.check;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.Position;
import org.skep.model.error.QueryException;
import org.skep.model.spi.FunctionRegistry;
import org.skep.model.spi.FunctionRegistry.Signature;
import org.skep.model.type.Type;
import org.skep.parser.CalciteTypes;

/** A scalar function of our registry, as Calcite sees it. */
public final class ScalarOperator extends SqlFunction {
    private static final Set<String> ROUNDING =
            Set.of("round", "bround", "truncate", "trunc", "ceil", "ceiling", "floor");

    private final FunctionRegistry registry;

    ScalarOperator(String name, FunctionRegistry registry) {
        super(
                name,
                SqlKind.OTHER_FUNCTION,
                null,
                null,
                null,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
        this.registry = registry;
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding call) {
        List<Type> types = types(call);
        Signature signature =
                registry.scalar(getName(), types)
                        .orElseThrow(() -> unfit(registry, getName(), types, position(call)));
        Type result =
                ROUNDING.contains(getName())
                        ? rounded(signature.result(), call)
                        : signature.result();
        return CalciteTypes.toCalcite(result, true, call.getTypeFactory());
    }

    /** The digits after the point that are left when the number of them is a constant. */
    private static Type rounded(Type type, SqlOperatorBinding call) {
        boolean one = call.getOperandCount() == 1;
        if (type.kind() != Type.Kind.DECIMAL || !one && !call.isOperandLiteral(1, false)) {
            return type;
        }
        Integer digits = one ? Integer.valueOf(0) : call.getOperandLiteralValue(1, Integer.class);
        if (digits == null || digits >= type.scale()) {
            return type;
        }
        int scale = Math.max(0, digits);
        return Type.decimal(Math.max(1, type.precision() - type.scale() + scale), scale);
    }

    @Override
    public boolean checkOperandTypes(SqlCallBinding call, boolean throwOnFailure) {
        List<Type> types = types(call);
        if (registry.scalar(getName(), types).isPresent()) {
            return true;
        }
        if (throwOnFailure) {
            throw unfit(registry, getName(), types, position(call));
        }
        return false;
    }

    @Override
    public SqlOperandCountRange getOperandCountRange() {
        return SqlOperandCountRanges.any();
    }

    @Override
    public boolean isDeterministic() {
        return registry.scalar(getName(), List.of()).map(Signature::deterministic).orElse(true);
    }

    static boolean isText(RelDataType type) {
        return CalciteTypes.fromCalcite(type).kind() == Type.Kind.STRING;
    }

    static List<Type> types(SqlOperatorBinding call) {
        return IntStream.range(0, call.getOperandCount())
                .mapToObj(i -> CalciteTypes.fromCalcite(call.getOperandType(i)))
                .toList();
    }

    static Position position(SqlOperatorBinding call) {
        return call instanceof SqlCallBinding binding
                ? CheckErrors.position(binding.getCall().getParserPosition())
                : null;
    }

    static QueryException unfit(
            FunctionRegistry registry, String name, List<Type> types, Position position) {
        String given = types.stream().map(Type::toString).collect(Collectors.joining(", "));
        return new QueryException(
                ErrorCode.TYPE_MISMATCH,
                position,
                "no %s(%s)".formatted(name, given),
                "there is " + String.join("; ", registry.usages(name)));
    }
}
