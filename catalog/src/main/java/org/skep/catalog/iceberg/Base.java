package org.skep.catalog.iceberg;

import org.apache.iceberg.Table;

/**
 * What a statement that changes a table has read of it.
 *
 * @param table with the snapshot's files
 * @param snapshot null when nothing was ever written
 * @param check who looks for what others have written since
 */
record Base(Table table, Long snapshot, Check check) {
    /** Who looks for conflicts. */
    enum Check {
        /** Iceberg, when the change is made. */
        BY_CHANGE,
        /** The commit of the transaction that the change is a part of. */
        BY_TRANSACTION
    }

    boolean isChecked() {
        return check == Check.BY_CHANGE;
    }
}
