package org.skep.parser;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Functions that make rows of an array: in FROM, in LATERAL VIEW, as an item of SELECT. */
enum Generator {
    UNNEST("unnest"),
    EXPLODE("col"),
    EXPLODE_OUTER("col"),
    POSEXPLODE("pos", "col"),
    POSEXPLODE_OUTER("pos", "col");

    private final ImmutableList<String> columns;

    Generator(String... columns) {
        this.columns = ImmutableList.copyOf(columns);
    }

    static Optional<Generator> named(String function) {
        String wanted = function.toUpperCase(Locale.ROOT);
        for (Generator generator : values()) {
            if (generator.name().equals(wanted)) {
                return Optional.of(generator);
            }
        }
        return Optional.empty();
    }

    /** What its columns are called when nobody says. */
    List<String> columns() {
        return columns;
    }

    /** Whether a row without elements stays. */
    boolean outer() {
        return this == EXPLODE_OUTER || this == POSEXPLODE_OUTER;
    }

    boolean numbered() {
        return this == POSEXPLODE || this == POSEXPLODE_OUTER;
    }

    JoinType join() {
        return outer() ? JoinType.LEFT : JoinType.CROSS;
    }

    /**
     * {@code UNNEST(arguments) AS alias(columns)}. Positions, which Hive counts from 0 and puts
     * first, come of a sub-query over the standard's WITH ORDINALITY.
     */
    SqlNode table(List<SqlNode> arguments, SqlIdentifier alias, List<SqlIdentifier> names) {
        SqlParserPos place = SqlParserPos.sum(arguments);
        SqlNode source = numbered() ? positions(arguments, names.size()) : elements(arguments);
        List<SqlNode> operands = new ArrayList<>();
        operands.add(source);
        operands.add(alias);
        operands.addAll(names);
        return SqlStdOperatorTable.AS.createCall(place, operands);
    }

    private static SqlNode elements(List<SqlNode> arguments) {
        return SqlStdOperatorTable.UNNEST.createCall(SqlParserPos.sum(arguments), arguments);
    }

    private static SqlNode positions(List<SqlNode> arguments, int columns) {
        SqlParserPos place = SqlParserPos.sum(arguments);
        List<SqlNode> table = new ArrayList<>();
        table.add(SqlStdOperatorTable.UNNEST_WITH_ORDINALITY.createCall(place, arguments));
        table.add(new SqlIdentifier("$elements", place));
        List<SqlNode> items = new ArrayList<>();
        SqlNode ordinal = new SqlIdentifier(List.of("$elements", "$ordinal"), place);
        SqlNode one = SqlLiteral.createExactNumeric("1", place);
        SqlNode position = SqlStdOperatorTable.MINUS.createCall(place, ordinal, one);
        items.add(as(position, "$position", place));
        for (int i = 1; i < columns; i++) {
            table.add(new SqlIdentifier("$value" + i, place));
            items.add(new SqlIdentifier(List.of("$elements", "$value" + i), place));
        }
        table.add(new SqlIdentifier("$ordinal", place));
        SqlNode from = SqlStdOperatorTable.AS.createCall(place, table);
        SqlSelect select = PlainSelect.of(place, new SqlNodeList(items, place), from, null);
        return SqlStdOperatorTable.LATERAL.createCall(place, select);
    }

    private static SqlNode as(SqlNode node, String name, SqlParserPos place) {
        return SqlStdOperatorTable.AS.createCall(place, node, new SqlIdentifier(name, place));
    }
}
