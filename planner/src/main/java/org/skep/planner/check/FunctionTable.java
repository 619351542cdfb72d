package org.skep.planner.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlFirstLastValueAggFunction;
import org.apache.calcite.sql.fun.SqlLeadLagAggFunction;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlNthValueAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.skep.model.spi.FunctionRegistry;
import org.skep.parser.SkepOperators;

/**
 * What a function name stands for. The functions that Calcite's own rules reason about are
 * Calcite's; all others are those of our registry.
 */
public final class FunctionTable implements SqlOperatorTable {
    private static final Map<String, SqlOperator> CALCITE =
            Map.ofEntries(
                    Map.entry("count", SqlStdOperatorTable.COUNT),
                    Map.entry("sum", SqlStdOperatorTable.SUM),
                    Map.entry("avg", SqlStdOperatorTable.AVG),
                    Map.entry("mean", SqlStdOperatorTable.AVG),
                    Map.entry("min", SqlStdOperatorTable.MIN),
                    Map.entry("max", SqlStdOperatorTable.MAX),
                    Map.entry("grouping", SqlStdOperatorTable.GROUPING),
                    Map.entry("grouping_id", SqlStdOperatorTable.GROUPING_ID),
                    Map.entry("coalesce", SqlStdOperatorTable.COALESCE),
                    Map.entry("nullif", SqlStdOperatorTable.NULLIF),
                    Map.entry("row_number", SqlStdOperatorTable.ROW_NUMBER),
                    Map.entry("rank", SqlStdOperatorTable.RANK),
                    Map.entry("dense_rank", SqlStdOperatorTable.DENSE_RANK),
                    Map.entry("percent_rank", SqlStdOperatorTable.PERCENT_RANK),
                    Map.entry("cume_dist", SqlStdOperatorTable.CUME_DIST),
                    Map.entry("ntile", SqlStdOperatorTable.NTILE),
                    Map.entry("lag", new Neighbour(SqlKind.LAG)),
                    Map.entry("lead", new Neighbour(SqlKind.LEAD)),
                    Map.entry("first_value", new Edge(SqlKind.FIRST_VALUE)),
                    Map.entry("last_value", new Edge(SqlKind.LAST_VALUE)),
                    Map.entry("nth_value", new Nth()),
                    Map.entry(NamedStruct.NAME, new NamedStruct()),
                    Map.entry("cast", SqlStdOperatorTable.CAST),
                    Map.entry("extract", SqlStdOperatorTable.EXTRACT),
                    Map.entry("safe_cast", SqlLibraryOperators.SAFE_CAST),
                    Map.entry("try_cast", SqlLibraryOperators.TRY_CAST));

    private static final List<SqlOperator> SYMBOLS =
            List.of(
                    SkepOperators.DIVIDE,
                    SkepOperators.INTEGER_DIVIDE,
                    SqlLibraryOperators.ILIKE,
                    SqlLibraryOperators.NOT_ILIKE,
                    SqlLibraryOperators.RLIKE,
                    SqlLibraryOperators.NOT_RLIKE);

    private final FunctionRegistry registry;
    private final Map<String, SqlOperator> ours = new HashMap<>();

    public FunctionTable(FunctionRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void lookupOperatorOverloads(
            SqlIdentifier name,
            SqlFunctionCategory category,
            SqlSyntax syntax,
            List<SqlOperator> found,
            SqlNameMatcher matcher) {
        if (!name.isSimple()) {
            return;
        }
        if (syntax != SqlSyntax.FUNCTION && syntax != SqlSyntax.FUNCTION_STAR) {
            symbol(name, category, syntax, found, matcher);
            return;
        }
        SqlOperator operator = operator(name.getSimple().toLowerCase(Locale.ROOT));
        if (operator != null) {
            found.add(operator);
        }
    }

    /** Operators written as signs or words: Calcite's, except where ours mean something else. */
    private void symbol(
            SqlIdentifier name,
            SqlFunctionCategory category,
            SqlSyntax syntax,
            List<SqlOperator> found,
            SqlNameMatcher matcher) {
        for (SqlOperator own : SYMBOLS) {
            if (own.getSyntax() == syntax && own.getName().equalsIgnoreCase(name.getSimple())) {
                found.add(own);
                return;
            }
        }
        SqlStdOperatorTable.instance()
                .lookupOperatorOverloads(name, category, syntax, found, matcher);
    }

    /** The operator of a function by its name in small letters; null when there is none. */
    synchronized SqlOperator operator(String name) {
        SqlOperator calcite = CALCITE.get(name);
        if (calcite != null) {
            return calcite;
        }
        return ours.computeIfAbsent(
                name,
                unknown -> {
                    if (registry.aggregateNames().contains(name)) {
                        return new AggregateOperator(name, registry);
                    }
                    return registry.scalarNames().contains(name)
                            ? new ScalarOperator(name, registry)
                            : null;
                });
    }

    /** Whether {@code name} is an aggregate function. */
    boolean isAggregate(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        return registry.aggregateNames().contains(key)
                || CALCITE.get(key) instanceof SqlAggFunction aggregate
                        && !aggregate.requiresOver();
    }

    /** Whether a scalar function gives other values when it is called again. */
    boolean isOfChance(String name) {
        return registry.scalar(name, List.of()).map(each -> !each.deterministic()).orElse(false);
    }

    /** All function names, for suggestions. */
    public List<String> names() {
        List<String> names = new ArrayList<>(CALCITE.keySet());
        names.addAll(registry.scalarNames());
        names.addAll(registry.aggregateNames());
        names.removeIf(name -> name.startsWith("$")); // of the engine itself
        return names;
    }

    @Override
    public List<SqlOperator> getOperatorList() {
        return List.copyOf(CALCITE.values());
    }

    /** A value of another row may be null whatever the default for no row is. */
    private static final class Neighbour extends SqlLeadLagAggFunction {
        Neighbour(SqlKind kind) {
            super(kind);
        }

        @Override
        public RelDataType inferReturnType(SqlOperatorBinding call) {
            return call.getTypeFactory()
                    .createTypeWithNullability(super.inferReturnType(call), true);
        }
    }

    /** A value of a frame may be null because no row is in the frame. */
    private static final class Edge extends SqlFirstLastValueAggFunction {
        Edge(SqlKind kind) {
            super(kind);
        }

        @Override
        public RelDataType inferReturnType(SqlOperatorBinding call) {
            return call.getTypeFactory()
                    .createTypeWithNullability(super.inferReturnType(call), true);
        }
    }

    /** The same of a value further on. */
    private static final class Nth extends SqlNthValueAggFunction {
        Nth() {
            super(SqlKind.NTH_VALUE);
        }

        @Override
        public RelDataType inferReturnType(SqlOperatorBinding call) {
            return call.getTypeFactory()
                    .createTypeWithNullability(super.inferReturnType(call), true);
        }
    }
}
