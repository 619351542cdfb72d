package org.skep.executor.format;

import java.util.List;
import java.util.Set;
import org.skep.executor.task.TaskContext;
import org.skep.model.file.DataFile;
import org.skep.model.file.FileSource;
import org.skep.model.file.FileTable;
import org.skep.model.file.Split;
import org.skep.model.file.TableStatistics;
import org.skep.model.plan.PlanNode;
import org.skep.model.settings.Settings;
import org.skep.model.type.Schema;

/**
 * A kind of file. To add one, write this and add it to the list in {@code Formats}; a test checks
 * that all types survive being written and read.
 */
public interface FileFormat {
    /** As it is named in SQL, lower case. */
    String name();

    /** File name endings by which it is known, lower case, without compression endings. */
    List<String> extensions();

    /** Names of options, synonyms included, lower case. Any other is refused. */
    Set<String> options();

    /**
     * Looks into files for their data columns.
     *
     * @param source its declared schema, when there is one, is taken over
     * @throws org.skep.model.error.QueryException when a file cannot be read as this format
     */
    Inspected inspect(FileSource source, List<DataFile> files, Settings settings);

    /**
     * @param schema the data columns
     * @param source with every sniffed option filled in
     * @param statistics of the data columns
     */
    record Inspected(Schema schema, FileSource source, TableStatistics statistics) {}

    /** What some files of a table say of its columns, as far as that costs next to nothing. */
    default TableStatistics statistics(FileTable table, List<DataFile> files) {
        return TableStatistics.UNKNOWN;
    }

    /**
     * What metadata says for sure of some data columns: bounds that occur, numbers of nulls; not
     * exact when that is not known, or dear.
     */
    default TableStatistics certain(FileTable table, List<Integer> columns) {
        return TableStatistics.UNKNOWN;
    }

    /**
     * How {@code file} is shared out to tasks; stretches no row of which can be wanted left out.
     */
    List<Split> splits(PlanNode.Scan scan, DataFile file, Settings settings);

    /** Whether readers apply the conditions that they are given. */
    boolean appliesConditions();

    /** Whether readers find rows by their number, without reading those before them. */
    default boolean seeksRows() {
        return false;
    }

    /**
     * Begins to read.
     *
     * @param columns data columns of the table by number; {@link #LINE} for the line number
     * @param wanted over {@code columns} by their place in that list; a reader that {@link
     *     #appliesConditions} gives only such rows, others are asked for all
     */
    BatchReader open(
            FileTable table, Split split, List<Integer> columns, Wanted wanted, TaskContext task);

    /** Stands for the pseudo-column {@code _line} among columns. */
    int LINE = -1;
}
