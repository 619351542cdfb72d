package org.skep.catalog.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Which files of a table are worth writing anew: small ones of which a partition has several, those
 * with deleted rows, and those from before the table was partitioned or sorted as it is now.
 *
 * @param paths of these files
 * @param bytes of all of them
 * @param isOneFile whether their rows fit one file of the table's target size
 */
public record Compaction(Set<String> paths, long bytes, boolean isOneFile) {
    /** As Iceberg's own procedure has it: smaller than this part of the target is small. */
    private static final double SMALL = 0.75;

    public static Compaction of(ManagedTable table) {
        return IcebergErrors.translated(table.name(), () -> plan(table));
    }

    private static Compaction plan(ManagedTable table) {
        long target = WriteProperties.of(table.iceberg().properties(), table.schema()).fileBytes();
        boolean sorted = !table.sorting().isEmpty();
        int order = table.iceberg().sortOrder().orderId();
        Set<String> paths = new LinkedHashSet<>();
        long bytes = 0;
        for (List<FileScanTask> partition : partitions(table).values()) {
            List<FileScanTask> small =
                    partition.stream()
                            .filter(task -> task.file().fileSizeInBytes() < SMALL * target)
                            .toList();
            for (FileScanTask task : partition) {
                boolean old =
                        task.file().specId() != table.iceberg().spec().specId()
                                || sorted && !Objects.equals(task.file().sortOrderId(), order);
                boolean joins = small.size() > 1 && small.contains(task);
                if (old || joins || !task.deletes().isEmpty()) {
                    paths.add(ManagedTable.path(task.file().location()));
                    bytes += task.file().fileSizeInBytes();
                }
            }
        }
        return new Compaction(paths, bytes, bytes <= target);
    }

    private static Map<String, List<FileScanTask>> partitions(ManagedTable table) {
        Map<String, List<FileScanTask>> partitions = new LinkedHashMap<>();
        if (table.snapshot() == null) {
            return partitions;
        }
        long snapshot = table.snapshot().snapshotId();
        try (CloseableIterable<FileScanTask> tasks =
                table.iceberg().newScan().useSnapshot(snapshot).planFiles()) {
            for (FileScanTask task : tasks) {
                String name = Partitions.name(task.spec(), task.file().partition());
                partitions.computeIfAbsent(name, any -> new ArrayList<>()).add(task);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return partitions;
    }
}
