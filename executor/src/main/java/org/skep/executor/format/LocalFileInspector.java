package org.skep.executor.format;

import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import org.skep.executor.eval.Predicate;
import org.skep.executor.format.FileFormat.Inspected;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.file.DataFile;
import org.skep.model.file.FileSource;
import org.skep.model.file.FileTable;
import org.skep.model.file.Split;
import org.skep.model.file.TableStatistics;
import org.skep.model.plan.Expr;
import org.skep.model.plan.PlanNode;
import org.skep.model.settings.Settings;
import org.skep.model.spi.FileInspector;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/** Looks into the files of this machine. What it found is kept until a file changes. */
public final class LocalFileInspector implements FileInspector {
    private static final int KEPT = 200;

    private final Function<Expr, Predicate> compiler;
    private final Map<Key, FileTable> tables =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, FileTable> eldest) {
                    return size() > KEPT;
                }
            };

    private record Key(FileSource source, List<DataFile> files) {}

    /**
     * @param compiler makes predicates of conditions, to leave out partitions
     */
    public LocalFileInspector(Function<Expr, Predicate> compiler) {
        this.compiler = compiler;
    }

    @Override
    public FileTable inspect(FileSource asked, Settings settings) {
        boolean described = asked.declared() != null && asked.format() != null;
        if (described && FileDiscovery.areEmptyFolders(asked.paths())) {
            return withoutRows(asked);
        }
        SortedMap<String, BasicFileAttributes> found = FileDiscovery.find(asked.paths());
        FileSource source = Formats.resolve(asked, found.firstKey());
        Map<String, Map<String, String>> folders = new LinkedHashMap<>();
        List<DataFile> files = new ArrayList<>();
        found.forEach(
                (path, attributes) -> {
                    folders.put(path, PartitionFolders.of(path));
                    files.add(
                            new DataFile(
                                    path,
                                    attributes.size(),
                                    attributes.lastModifiedTime().toMillis(),
                                    List.of()));
                });
        Key key = new Key(source, List.copyOf(files));
        synchronized (tables) {
            FileTable known = tables.get(key);
            if (known != null) {
                return known;
            }
        }
        FileTable table = look(source, files, folders, settings);
        synchronized (tables) {
            tables.put(key, table);
        }
        return table;
    }

    /** A table into which nothing was written yet. */
    private static FileTable withoutRows(FileSource asked) {
        List<Field> partitions =
                asked.partitionColumns() == null ? List.of() : asked.partitionColumns();
        return new FileTable(
                Formats.resolve(asked, null),
                asked.declared().concat(new Schema(partitions)),
                partitions.size(),
                List.of(),
                new TableStatistics(0, true, List.of()));
    }

    private FileTable look(
            FileSource source,
            List<DataFile> files,
            Map<String, Map<String, String>> folders,
            Settings settings) {
        Inspected inspected = Formats.named(source.format()).inspect(source, files, settings);
        Schema data = inspected.schema();
        requireDistinct(data, files.get(0).path());
        List<Field> partitions = source.partitionColumns();
        if (partitions == null) {
            Set<String> names = new HashSet<>(data.names());
            partitions = PartitionFolders.columns(folders.values(), names);
        }
        List<DataFile> placed = new ArrayList<>(files.size());
        for (DataFile file : files) {
            Map<String, String> values = folders.get(file.path());
            String[] texts = new String[partitions.size()];
            for (int i = 0; i < texts.length; i++) {
                texts[i] = text(values, partitions.get(i).name());
            }
            placed.add(
                    new DataFile(
                            file.path(),
                            file.bytes(),
                            file.modifiedMillis(),
                            Arrays.asList(texts)));
        }
        return new FileTable(
                inspected.source(),
                data.concat(new Schema(partitions)),
                partitions.size(),
                placed,
                inspected.statistics());
    }

    private static String text(Map<String, String> values, String name) {
        for (Map.Entry<String, String> entry : values.entrySet()) {
            if (entry.getKey().equalsIgnoreCase(name)) {
                return entry.getValue();
            }
        }
        return null;
    }

    private static void requireDistinct(Schema schema, String path) {
        Set<String> seen = new HashSet<>();
        for (String name : schema.names()) {
            if (!seen.add(name)) {
                throw new QueryException(
                        ErrorCode.AMBIGUOUS_NAME,
                        "'%s' has two columns '%s'".formatted(path, name),
                        "name the columns with option columns");
            }
        }
    }

    @Override
    public TableStatistics statistics(FileTable table, List<DataFile> files) {
        return Formats.named(table.source().format()).statistics(table, files);
    }

    @Override
    public TableStatistics certain(FileTable table, List<Integer> columns) {
        return Formats.named(table.source().format()).certain(table, columns);
    }

    @Override
    public List<Split> splits(PlanNode.Scan scan, Settings settings) {
        FileTable table = scan.table();
        FileFormat format = Formats.named(table.source().format());
        List<Split> splits = new ArrayList<>();
        for (DataFile file : wanted(scan)) {
            splits.addAll(format.splits(scan, file, settings));
        }
        return splits;
    }

    /** The files for which the conditions on folder names and paths are true. */
    private List<DataFile> wanted(PlanNode.Scan scan) {
        List<DataFile> files = scan.table().files();
        List<Expr> conditions = ScanColumns.of(scan).constantConditions();
        if (conditions.isEmpty() || files.isEmpty()) {
            return files;
        }
        Schema schema = scan.schema();
        Column[] columns = new Column[schema.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = values(scan, i, schema.type(i), files);
        }
        Predicate predicate = compiler.apply(Expr.conjunction(conditions));
        int[] selected = new int[files.size()];
        int count = predicate.select(new Batch(files.size(), columns), selected);
        List<DataFile> kept = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            kept.add(files.get(selected[i]));
        }
        return kept;
    }

    private static Column values(PlanNode.Scan scan, int output, Type type, List<DataFile> files) {
        ScanColumns columns = ScanColumns.of(scan);
        if (!columns.isConstant(output)) {
            return Column.nulls(type, files.size());
        }
        ColumnBuilder builder = ColumnBuilder.of(type, files.size());
        for (DataFile file : files) {
            builder.appendValue(columns.constant(output, file));
        }
        return builder.build();
    }

    @Override
    public boolean seeksRows(FileTable table) {
        return Formats.named(table.source().format()).seeksRows();
    }

    @Override
    public List<String> formats() {
        return Formats.allNames();
    }

    @Override
    public List<String> writableFormats() {
        return Formats.writableNames();
    }
}
