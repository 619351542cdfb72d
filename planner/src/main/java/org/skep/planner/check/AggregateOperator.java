package org.skep.planner.check;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.util.Optionality;
import org.skep.model.spi.FunctionRegistry;
import org.skep.model.spi.FunctionRegistry.Signature;
import org.skep.model.type.Type;
import org.skep.parser.CalciteTypes;

/** An aggregate function of our registry, as Calcite sees it. */
public final class AggregateOperator extends SqlAggFunction {
    private final FunctionRegistry registry;

    AggregateOperator(String name, FunctionRegistry registry) {
        super(
                name,
                null,
                SqlKind.OTHER_FUNCTION,
                null,
                null,
                null,
                SqlFunctionCategory.USER_DEFINED_FUNCTION,
                false,
                false,
                Optionality.OPTIONAL);
        this.registry = registry;
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding call) {
        List<Type> types = ScalarOperator.types(call);
        Signature signature =
                registry.aggregate(getName(), types)
                        .orElseThrow(
                                () ->
                                        ScalarOperator.unfit(
                                                registry,
                                                getName(),
                                                types,
                                                ScalarOperator.position(call)));
        return CalciteTypes.toCalcite(signature.result(), true, call.getTypeFactory());
    }

    @Override
    public boolean checkOperandTypes(SqlCallBinding call, boolean throwOnFailure) {
        List<Type> types = ScalarOperator.types(call);
        if (registry.aggregate(getName(), types).isPresent()) {
            return true;
        }
        if (throwOnFailure) {
            throw ScalarOperator.unfit(registry, getName(), types, ScalarOperator.position(call));
        }
        return false;
    }

    @Override
    public SqlOperandCountRange getOperandCountRange() {
        return SqlOperandCountRanges.any();
    }

    @Override
    public SqlSyntax getSyntax() {
        return SqlSyntax.FUNCTION;
    }

    @Override
    public boolean allowsNullTreatment() {
        return true;
    }
}
