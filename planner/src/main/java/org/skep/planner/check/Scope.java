package org.skep.planner.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/**
 * Where a name in FROM stands.
 *
 * @param schema to look in
 * @param with the WITH names in sight
 * @param depth in views
 * @param hints for what the name is a part of
 */
record Scope(String schema, Map<String, WithQuery> with, int depth, List<RelationHint> hints) {
    /**
     * A query in WITH.
     *
     * @param query as written, to be resolved anew where a hint names it; null when none does
     * @param columns new names of its columns, or null
     * @param once by which its uses are known as the same; null when they need not be
     * @param scope where it stands
     */
    record WithQuery(SqlNode query, SqlNodeList columns, String once, Scope scope) {}

    static Scope of(String schema) {
        return new Scope(schema, Map.of(), 0, List.of());
    }

    Scope inView(String viewSchema) {
        return new Scope(viewSchema, Map.of(), depth + 1, hints);
    }

    Scope and(String name, WithQuery query) {
        Map<String, WithQuery> more = new HashMap<>(with);
        more.put(name.toLowerCase(Locale.ROOT), query);
        return new Scope(schema, more, depth, hints);
    }

    Scope hinted(List<RelationHint> own) {
        if (own.isEmpty()) {
            return this;
        }
        List<RelationHint> all = new ArrayList<>(hints);
        all.addAll(own);
        return new Scope(schema, with, depth, all);
    }

    /** The query in WITH that a name stands for; null when it is none. */
    WithQuery withQuery(SqlIdentifier name) {
        return name.isSimple() ? with.get(name.getSimple().toLowerCase(Locale.ROOT)) : null;
    }
}
