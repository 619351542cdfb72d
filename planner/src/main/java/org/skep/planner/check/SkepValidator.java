package org.skep.planner.check;

import com.google.common.collect.ImmutableSet;
import java.util.HashMap;
import java.util.Map;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.type.SqlTypeCoercionRule;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
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

    SkepValidator(
            SqlOperatorTable operators,
            SqlValidatorCatalogReader catalog,
            RelDataTypeFactory types) {
        super(
                operators,
                catalog,
                types,
                Config.DEFAULT
                        .withConformance(CONFORMANCE)
                        .withDefaultNullCollation(NullCollation.LOW)
                        .withIdentifierExpansion(true)
                        .withTypeCoercionFactory(Coercion::new)
                        .withTypeCoercionEnabled(true));
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

    /** Numbers are compared as they are: Calcite's common type may have too few digits. */
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
            for (int i = 0; i < call.getOperandCount(); i++) {
                numbers &= SqlTypeUtil.isNumeric(call.getOperandType(i));
            }
            return !numbers && super.binaryComparisonCoercion(call);
        }
    }
}
