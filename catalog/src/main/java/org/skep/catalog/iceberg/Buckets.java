package org.skep.catalog.iceberg;

import java.util.List;
import java.util.Objects;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.skep.model.file.Bucketing;
import org.skep.model.file.PartitionKey;
import org.skep.model.plan.SortKey;
import org.skep.model.type.Schema;

/** Tables partitioned by a hash of one column, maybe by other things as well. */
final class Buckets {
    private Buckets() {}

    /** How a table's rows are shared out; null when not by a hash of one column. */
    static Bucketing of(Table table, Schema schema) {
        PartitionKey found = null;
        for (PartitionKey key : Partitions.keys(table.spec(), schema)) {
            if (key.transform() == PartitionKey.Transform.BUCKET) {
                if (found != null) {
                    return null;
                }
                found = key;
            }
        }
        return found == null ? null : new Bucketing(found.column(), found.width());
    }

    /**
     * The bucket of a file; null when there is none, or it was written before the table had any.
     */
    static Bucketing.Bucket of(Table table, DataFile file) {
        PartitionSpec spec = table.spec();
        int place = -1;
        for (int i = 0; i < spec.fields().size(); i++) {
            if (spec.fields().get(i).transform().toString().startsWith("bucket[")) {
                if (place >= 0) {
                    return null;
                }
                place = i;
            }
        }
        if (place < 0 || file.specId() != spec.specId()) {
            return null;
        }
        Integer number = file.partition().get(place, Integer.class);
        boolean sorted =
                table.sortOrder().isSorted()
                        && Objects.equals(file.sortOrderId(), table.sortOrder().orderId())
                        && isFirst(table, spec.fields().get(place));
        return new Bucketing.Bucket(number == null ? 0 : number, sorted);
    }

    /** Whether files are sorted by the field's column first, ascending, nulls first. */
    private static boolean isFirst(Table table, PartitionField field) {
        List<SortKey> keys = SortOrders.keys(table.sortOrder(), table.schema());
        return !keys.isEmpty()
                && keys.get(0).ascending()
                && keys.get(0).nullsFirst()
                && table.schema().columns().get(keys.get(0).column()).fieldId() == field.sourceId();
    }
}
