package org.skep.executor.operator;

import java.util.List;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.plan.PlanNode;

/** Gives the rows that stand in the plan. */
final class ValuesOperator implements Operator {
    private final PlanNode.Values values;
    private final int batchRows;
    private int done;

    ValuesOperator(PlanNode.Values values, int batchRows) {
        this.values = values;
        this.batchRows = batchRows;
    }

    @Override
    public Batch next() {
        int count = Math.min(batchRows, values.rows().size() - done);
        if (count == 0) {
            return null;
        }
        ColumnBuilder[] builders = ColumnBuilder.of(values.schema().fields(), count);
        for (List<Object> row : values.rows().subList(done, done + count)) {
            for (int i = 0; i < builders.length; i++) {
                builders[i].appendValue(row.get(i));
            }
        }
        Column[] columns = new Column[builders.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = builders[i].build();
        }
        done += count;
        return new Batch(count, columns);
    }
}
