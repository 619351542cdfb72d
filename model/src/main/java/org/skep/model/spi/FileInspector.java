package org.skep.model.spi;

import java.util.List;
import org.skep.model.file.DataFile;
import org.skep.model.file.FileSource;
import org.skep.model.file.FileTable;
import org.skep.model.file.Split;
import org.skep.model.file.TableStatistics;
import org.skep.model.plan.PlanNode;
import org.skep.model.settings.Settings;

/** A file's schema, statistics and splits: asked by the planner, answered by the formats. */
public interface FileInspector {
    /**
     * Finds the files, their format and schema.
     *
     * @throws org.skep.model.error.QueryException FILE_NOT_FOUND, FILE_NOT_READABLE, CORRUPT_FILE
     */
    FileTable inspect(FileSource source, Settings settings);

    /** What some files of a table say of its columns, as far as that costs next to nothing. */
    TableStatistics statistics(FileTable table, List<DataFile> files);

    /**
     * What the files' metadata says for sure: bounds are values that occur, and missing if that is
     * not known, or if there are nulls only. Not {@code exact} when it says nothing.
     *
     * @param columns of the table's data columns those that are asked about; the answer has one for
     *     each, in this order
     */
    TableStatistics certain(FileTable table, List<Integer> columns);

    /**
     * How a scan's files are read in parallel: partitions and, where the format's metadata tells,
     * stretches that cannot hold a row for which the scan's conditions are true are left out.
     */
    List<Split> splits(PlanNode.Scan scan, Settings settings);

    /** Whether single rows of the files can be read by their number, without those before them. */
    boolean seeksRows(FileTable table);

    /** The names of the formats that can be read, aliases included, lower case. */
    List<String> formats();

    /** The formats that can be written. */
    List<String> writableFormats();
}
