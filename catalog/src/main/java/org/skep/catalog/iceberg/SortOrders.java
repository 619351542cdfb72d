package org.skep.catalog.iceberg;

import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.NullOrder;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortField;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.SortOrderBuilder;
import org.skep.model.plan.SortKey;

/** By what the rows of each of a table's files are sorted, in our words and in Iceberg's. */
final class SortOrders {
    private SortOrders() {}

    static SortOrder order(Schema schema, List<SortKey> keys) {
        SortOrder.Builder order = SortOrder.builderFor(schema);
        add(schema, keys, order);
        return order.build();
    }

    static <R> void add(Schema schema, List<SortKey> keys, SortOrderBuilder<R> order) {
        for (SortKey key : keys) {
            String column = schema.columns().get(key.column()).name();
            NullOrder nulls = key.nullsFirst() ? NullOrder.NULLS_FIRST : NullOrder.NULLS_LAST;
            if (key.ascending()) {
                order.asc(column, nulls);
            } else {
                order.desc(column, nulls);
            }
        }
    }

    /**
     * None as well when it is an order that we do not write: by a member of a struct, or by what a
     * transform makes of a column. Files are then not said to be sorted.
     */
    static List<SortKey> keys(SortOrder order, Schema schema) {
        List<SortKey> keys = new ArrayList<>();
        for (SortField field : order.fields()) {
            int column = schema.columns().indexOf(schema.findField(field.sourceId()));
            if (column < 0 || !field.transform().isIdentity()) {
                return List.of();
            }
            keys.add(
                    new SortKey(
                            column,
                            field.direction() == org.apache.iceberg.SortDirection.ASC,
                            field.nullOrder() == NullOrder.NULLS_FIRST));
        }
        return keys;
    }
}
