package org.skep.planner.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.dialect.AnsiSqlDialect;
import org.skep.parser.SkepOperators;

/** Names for result columns without one: the expression itself, if it is short. */
final class ColumnLabels {
    private static final int MAX_LENGTH = 60;

    private ColumnLabels() {}

    /** What each select item says, null for those with a name; empty when that cannot be told. */
    static List<String> of(SqlNode query) {
        SqlNode body = query;
        while (!(body instanceof SqlSelect)) {
            if (body instanceof SqlOrderBy order) {
                body = order.query;
            } else if (body instanceof SqlWith with) {
                body = with.body;
            } else {
                return List.of();
            }
        }
        List<String> labels = new ArrayList<>();
        for (SqlNode item : ((SqlSelect) body).getSelectList()) {
            boolean star =
                    item instanceof SqlIdentifier identifier && identifier.isStar()
                            || item instanceof SqlCall call
                                    && call.getOperator() == SkepOperators.STAR_EXCEPT;
            if (star) {
                return List.of();
            }
            boolean named = item.getKind() == SqlKind.AS || item instanceof SqlIdentifier;
            labels.add(named ? null : text(item));
        }
        return labels;
    }

    private static String text(SqlNode item) {
        String text =
                item.toSqlString(
                                config ->
                                        config.withDialect(AnsiSqlDialect.DEFAULT)
                                                .withQuoteAllIdentifiers(false)
                                                .withKeywordsLowerCase(true)
                                                .withAlwaysUseParentheses(false))
                        .getSql()
                        .replaceAll("\\s+", " ")
                        .replace("`", "");
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH - 1) + "…";
    }

    /** The row type with labels where Calcite made up a name. */
    static RelDataType named(RelDataType type, List<String> labels, RelDataTypeFactory types) {
        if (labels.size() != type.getFieldCount()) {
            return type;
        }
        Set<String> taken = new HashSet<>();
        type.getFieldNames().forEach(name -> taken.add(name));
        List<String> names = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            String name = type.getFieldNames().get(i);
            String label = labels.get(i);
            boolean madeUp = name.startsWith("EXPR$") && label != null;
            names.add(madeUp && taken.add(label) ? label : name);
        }
        RelDataTypeFactory.Builder named = types.builder();
        for (int i = 0; i < names.size(); i++) {
            named.add(names.get(i), type.getFieldList().get(i).getType());
        }
        return named.build();
    }
}
