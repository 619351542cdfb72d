package org.skep.planner;

import java.util.ArrayList;
import java.util.List;
import org.skep.model.file.PartitionKey;
import org.skep.model.file.WriteTarget;
import org.skep.model.plan.Expr;
import org.skep.model.plan.SortKey;
import org.skep.model.type.Schema;
import org.skep.planner.physical.RowCheck;

/**
 * Where the rows of a query go.
 *
 * @param columns of the rows as they are written
 * @param sources where each of these columns comes from
 * @param partitioning by which rows are shared out to files
 * @param sorting of the rows in a file
 * @param checks which must hold for each of the rows
 */
public record Destination(
        WriteTarget target,
        Schema columns,
        List<Source> sources,
        List<PartitionKey> partitioning,
        List<SortKey> sorting,
        List<RowCheck> checks,
        Files files) {
    /** How many files the rows of a partition come to. */
    public enum Files {
        /** As many as tasks have some of them. */
        AS_THEY_COME,
        /** One, if they fit. */
        ONE
    }

    /**
     * Where a column comes from.
     *
     * @param place in the query, from 0; -1 when it does not give the column
     * @param otherwise its value when the query does not give it; null for NULL
     */
    public record Source(int place, Expr.Literal otherwise) {}

    /** All columns of the query, as they are. */
    public static Destination of(WriteTarget target, Schema query, Files files) {
        return new Destination(
                target, query, inOrder(query.size()), List.of(), List.of(), List.of(), files);
    }

    /** Each column from its place. */
    public static List<Source> inOrder(int columns) {
        List<Source> sources = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            sources.add(new Source(i, null));
        }
        return sources;
    }
}
