package org.skep.planner.check;

import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.skep.model.plan.Expr;
import org.skep.parser.Syntax;

/** Checks names and types of a query. */
public final class QueryCheck {
    private static final CalciteConnectionConfig CASE_INSENSITIVE = caseInsensitive();

    private final FunctionTable functions;

    public QueryCheck(FunctionTable functions) {
        this.functions = functions;
    }

    /**
     * A checked query and what was needed to check it.
     *
     * @param hints for its joins, and what comes of them
     */
    public record Checked(
            SqlNode node,
            SqlValidator validator,
            CalciteCatalogReader catalog,
            RelDataType rowType,
            RelDataType parameterTypes,
            JoinHints hints) {
        public RelDataTypeFactory types() {
            return validator.getTypeFactory();
        }
    }

    /**
     * @param schema in which names of one part are looked up
     * @param constants what an expression without columns comes to, where FROM needs one
     * @throws org.skep.model.error.QueryException with the place of what is wrong
     */
    public Checked check(
            Syntax query, Names names, String schema, Function<Syntax, Expr.Literal> constants) {
        FromResolver from = new FromResolver(names, constants, new OnceKeys(functions));
        try {
            List<String> labels = ColumnLabels.of(query.node());
            SqlNode resolved = SelectRewrites.apply(from.resolve(query.node(), schema), functions);
            RelDataTypeFactory types = new SkepTypeFactory();
            CalciteCatalogReader catalog =
                    new CalciteCatalogReader(from.tables(), List.of(), types, CASE_INSENSITIVE);
            SqlValidatorImpl validator = new SkepValidator(functions, catalog, types);
            SqlNode checked = validator.validate(resolved);
            return new Checked(
                    checked,
                    validator,
                    catalog,
                    ColumnLabels.named(validator.getValidatedNodeType(checked), labels, types),
                    validator.getParameterRowType(checked),
                    from.hints());
        } catch (RuntimeException e) {
            throw from.members()
                    .explained(CheckErrors.translate(e, from.columns(), functions.names()));
        }
    }

    private static CalciteConnectionConfig caseInsensitive() {
        Properties properties = new Properties();
        properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "false");
        return new CalciteConnectionConfigImpl(properties);
    }
}
