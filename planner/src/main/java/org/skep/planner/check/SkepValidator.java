package org.skep.planner.check;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeCoercionRule;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.DelegatingScope;
import org.apache.calcite.sql.validate.ListScope;
import org.apache.calcite.sql.validate.SelectScope;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.implicit.TypeCoercionImpl;

/** Calcite's validator with our leniency. */
final class SkepValidator extends SqlValidatorImpl {
    /**
     * As lenient as Calcite knows, except that a repeated ORDER BY name means the output column.
     */
    private static final SqlConformance CONFORMANCE =
            new SqlDelegatingConformance(SqlConformanceEnum.LENIENT) {
                @Override
                public boolean isSortByAliasObscures() {
                    return true;
                }

                @Override
                public boolean allowAliasUnnestItems() {
                    return false;
                }
            };

    private static final SqlTypeMappingRule CASTS = casts();
    private final FunctionTable functions;

    SkepValidator(
            FunctionTable functions, SqlValidatorCatalogReader catalog, RelDataTypeFactory types) {
        super(
                functions,
                catalog,
                types,
                Config.DEFAULT
                        .withConformance(CONFORMANCE)
                        .withDefaultNullCollation(NullCollation.LOW)
                        .withIdentifierExpansion(true)
                        .withTypeCoercionFactory(Coercion::new)
                        .withTypeCoercionEnabled(true));
        this.functions = functions;
    }

    @Override
    public SqlTypeMappingRule getTypeMappingRule() {
        return CASTS;
    }

    /** Calcite's most lenient rules, and numbers from booleans. */
    private static SqlTypeMappingRule casts() {
        Map<SqlTypeName, ImmutableSet<SqlTypeName>> casts =
                new HashMap<>(SqlTypeCoercionRule.lenientInstance().getTypeMapping());
        for (SqlTypeName number : SqlTypeName.NUMERIC_TYPES) {
            casts.computeIfPresent(
                    number,
                    (name, from) ->
                            ImmutableSet.<SqlTypeName>builder()
                                    .addAll(from)
                                    .add(SqlTypeName.BOOLEAN)
                                    .build());
        }
        return SqlTypeCoercionRule.instance(casts);
    }

    @Override
    protected void validateWhereClause(SqlSelect select) {
        // the first clause after FROM, whose types are known now
        if (getWhereScope(select) instanceof ListScope scope) {
            resolveMerged(select, scope);
        }
        super.validateWhereClause(select);
    }

    /** Columns of USING and NATURAL, of this query and then of those around it. */
    private static void resolveMerged(SqlSelect select, ListScope scope) {
        if (select.getFrom() != null) {
            MergedColumns.resolve(select, scope.getChildren());
        }
        List<SqlValidatorNamespace> nearer = new ArrayList<>(scope.getChildren());
        for (SqlValidatorScope outer = scope.getParent();
                outer instanceof DelegatingScope around;
                outer = around.getParent()) {
            if (around instanceof SelectScope query && query.getNode().getFrom() != null) {
                MergedColumns.resolve(select, nearer, query.getNode(), query.getChildren());
                nearer.addAll(query.getChildren());
            }
        }
    }

    /**
     * What is added to and subtracted from dates and timestamps are functions of ours. Calcite has
     * no days as numbers and no difference of dates, and its decorrelator cannot copy its own
     * operator for the subtraction of an interval.
     */
    @Override
    public RelDataType deriveType(SqlValidatorScope scope, SqlNode expression) {
        if (expression instanceof SqlBasicCall call && call.operandCount() == 2) {
            String function =
                    call.getOperator() == SqlStdOperatorTable.PLUS
                            ? "plus"
                            : call.getOperator() == SqlStdOperatorTable.MINUS ? "minus" : null;
            if (function != null && isOfDates(scope, call)) {
                call.setOperator(functions.operator(function));
            }
        }
        return super.deriveType(scope, expression);
    }

    private boolean isOfDates(SqlValidatorScope scope, SqlBasicCall call) {
        RelDataType left = deriveType(scope, call.operand(0));
        RelDataType right = deriveType(scope, call.operand(1));
        return SqlTypeUtil.isDatetime(left) && (isSpan(right) || SqlTypeUtil.isDatetime(right))
                || SqlTypeUtil.isDatetime(right) && isSpan(left);
    }

    private static boolean isSpan(RelDataType type) {
        return SqlTypeUtil.isIntType(type) || SqlTypeUtil.isInterval(type);
    }

    /**
     * Exact numbers are compared as they are: Calcite's common type may have too few digits. What
     * is compared with a DOUBLE becomes one, lest constants of both kinds meet in one range.
     */
    private static final class Coercion extends TypeCoercionImpl {
        Coercion(RelDataTypeFactory types, SqlValidator validator) {
            super(types, validator);
        }

        /** A text where a number is needed is a DOUBLE, as in Hive and Spark. */
        @Override
        public RelDataType implicitCast(RelDataType in, SqlTypeFamily expected) {
            return SqlTypeUtil.isCharacter(in) && expected == SqlTypeFamily.NUMERIC
                    ? factory.createTypeWithNullability(
                            factory.createSqlType(SqlTypeName.DOUBLE), in.isNullable())
                    : super.implicitCast(in, expected);
        }

        @Override
        public boolean binaryComparisonCoercion(SqlCallBinding call) {
            boolean numbers = call.getOperandCount() > 0;
            boolean approximate = false;
            for (int i = 0; i < call.getOperandCount(); i++) {
                RelDataType type = call.getOperandType(i);
                numbers &= SqlTypeUtil.isNumeric(type);
                approximate |= SqlTypeUtil.isApproximateNumeric(type);
            }
            return numbers ? approximate && asDoubles(call) : super.binaryComparisonCoercion(call);
        }

        private boolean asDoubles(SqlCallBinding call) {
            RelDataType number = factory.createSqlType(SqlTypeName.DOUBLE);
            boolean coerced = false;
            for (int i = 0; i < call.getOperandCount(); i++) {
                if (!SqlTypeUtil.isApproximateNumeric(call.getOperandType(i))) {
                    coerced |= coerceOperandType(call.getScope(), call.getCall(), i, number);
                }
            }
            return coerced;
        }
    }

    /**
     * Casts are put into HAVING before it is compared with what the query is grouped by, where they
     * are already: {@code GROUP BY a >= b HAVING a >= b} of an INT and a DOUBLE.
     */
    @Override
    protected void validateHavingClause(SqlSelect select) {
        if (select.getHaving() != null && select.getGroup() != null) {
            try {
                deriveType(getHavingScope(select), select.getHaving());
            } catch (CalciteContextException aliasOrMistake) {
                // names of the select list are put in below, and what is wrong is said there
            }
        }
        super.validateHavingClause(select);
    }
}
