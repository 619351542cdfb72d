package org.skep.executor.operator;

import java.util.List;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.type.Type;

/**
 * What an {@link AggregateOperator} keeps for some of its calls: takes rows with their groups in,
 * gives results or states out, and can be turned into rows for spilling and back.
 */
interface AggregateFeed {
    void add(Batch batch, int[] groups, int groupCount);

    /** Output columns of groups {@code from} to before {@code from + count}, in order of calls. */
    List<Column> output(int from, int count, int groupCount);

    long bytes();

    /** The types of the columns that this spills. */
    List<Type> spillTypes();

    /** How many rows there are to spill; ends the taking in of rows. */
    int spillRows(int groupCount);

    /** Of spilled rows, the groups. */
    int[] spillGroups(int from, int count);

    Column[] spillColumns(int from, int count);

    /** Takes in rows that were spilled. */
    void replay(Column[] columns, int[] groups, int rows, int groupCount);
}
