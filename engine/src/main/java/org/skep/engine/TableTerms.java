package org.skep.engine;

import java.util.ArrayList;
import java.util.List;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.Position;
import org.skep.model.error.QueryException;
import org.skep.model.error.Suggestion;
import org.skep.model.file.PartitionKey;
import org.skep.model.plan.SortKey;
import org.skep.model.type.Schema;
import org.skep.parser.PartitionTerm;
import org.skep.parser.SortTerm;

/** Finds the columns that PARTITIONED BY and SORTED BY name. */
final class TableTerms {
    private TableTerms() {}

    static List<PartitionKey> partitioning(List<PartitionTerm> terms, Schema columns) {
        List<PartitionKey> keys = new ArrayList<>();
        for (PartitionTerm term : terms) {
            int column = column(term.column(), term.position(), "partition by", columns);
            keys.add(new PartitionKey(column, term.transform(), term.width(), term.column()));
        }
        return keys;
    }

    /**
     * @throws QueryException COLUMN_NOT_FOUND, TYPE_MISMATCH for a column whose values have no
     *     order
     */
    static List<SortKey> sorting(List<SortTerm> terms, Schema columns) {
        List<SortKey> keys = new ArrayList<>();
        for (SortTerm term : terms) {
            int column = column(term.column(), term.position(), "sort by", columns);
            if (columns.type(column).isNested()) {
                throw new QueryException(
                        ErrorCode.TYPE_MISMATCH,
                        term.position(),
                        "files cannot be sorted by '%s' of type %s"
                                .formatted(term.column(), columns.type(column)),
                        "sort by columns of plain types");
            }
            if (keys.stream().anyMatch(key -> key.column() == column)) {
                throw new QueryException(
                        ErrorCode.INVALID_STATEMENT,
                        term.position(),
                        "files cannot be sorted by '%s' twice".formatted(term.column()),
                        "name the column once");
            }
            keys.add(new SortKey(column, term.ascending(), term.nullsFirst()));
        }
        return keys;
    }

    private static int column(String name, Position position, String use, Schema columns) {
        int column = columns.indexOf(name);
        if (column < 0) {
            throw new QueryException(
                    ErrorCode.COLUMN_NOT_FOUND,
                    position,
                    "no column '%s' to %s".formatted(name, use),
                    Suggestion.hint(name, columns.names()));
        }
        return column;
    }
}
