package org.skep.catalog.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types.NestedField;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.error.Suggestion;
import org.skep.model.type.Field;

/**
 * Changes of a table's columns that become true together. All names are those from before. Columns
 * are known by number, so none of this touches a file: what was written stays what it was, under
 * other names, as wider types, or out of sight.
 */
public final class ColumnChanges {
    private final String name;
    private final Table table;
    private final Schema schema;
    private final UpdateSchema update;
    private final Set<String> added = new HashSet<>();
    private int dropped;

    ColumnChanges(String name, Table table) {
        this.name = name;
        this.table = table;
        this.schema = table.schema();
        this.update = table.updateSchema();
    }

    void commit() {
        if (dropped > 0 && dropped >= schema.columns().size() + added.size()) {
            throw invalid("a table has at least one column", "write DROP TABLE %s".formatted(name));
        }
        update.commit();
    }

    /**
     * @param path a column, and in it the members of structs
     */
    public boolean has(List<String> path) {
        return find(path).isPresent();
    }

    private Optional<NestedField> find(List<String> path) {
        return Optional.ofNullable(schema.caseInsensitiveFindField(String.join(".", path)));
    }

    private NestedField field(List<String> path) {
        return find(path).orElseThrow(() -> notFound(path));
    }

    private String written(NestedField field) {
        return schema.findColumnName(field.fieldId());
    }

    private QueryException notFound(List<String> path) {
        String column = String.join(".", path);
        List<String> known = TypeUtil.indexByName(schema.asStruct()).keySet().stream().toList();
        return new QueryException(
                ErrorCode.COLUMN_NOT_FOUND,
                "no column '%s' in %s".formatted(column, name),
                Suggestion.hint(column, known));
    }

    private static QueryException invalid(String message, String hint) {
        return new QueryException(ErrorCode.INVALID_STATEMENT, message, hint);
    }

    /** Adds a column at the end; NULL is in it for the rows that are there. */
    public void add(List<String> path, Field column, String comment) {
        free(path, -1);
        Type type = IcebergTypes.toIceberg(column);
        List<String> parents = path.subList(0, path.size() - 1);
        String parent = parents.isEmpty() ? null : written(struct(parents));
        if (column.nullable()) {
            update.addColumn(parent, column.name(), type, comment);
        } else {
            requireNoRows(column.name());
            update.allowIncompatibleChanges();
            update.addRequiredColumn(parent, column.name(), type, comment);
        }
    }

    private NestedField struct(List<String> path) {
        NestedField parent = field(path);
        if (!parent.type().isStructType()) {
            throw invalid(
                    "column '%s' is no STRUCT that another member could be added to"
                            .formatted(String.join(".", path)),
                    null);
        }
        return parent;
    }

    /**
     * @param id of the column that is to have the name, if there is one
     */
    private void free(List<String> path, int id) {
        String column = String.join(".", path);
        for (PartitionSpec spec : table.specs().values()) {
            for (PartitionField field : spec.fields()) {
                NestedField source = schema.findField(field.sourceId());
                boolean other = source != null && source.fieldId() != id;
                if (other && field.name().equalsIgnoreCase(column) && find(path).isEmpty()) {
                    throw invalid(
                            "the partitioning of table '%s' by column '%s' is called '%s'"
                                    .formatted(name, source.name(), field.name()),
                            "choose another name");
                }
            }
        }
        if (find(path).isPresent() || !added.add(column.toLowerCase(Locale.ROOT))) {
            throw new QueryException(
                    ErrorCode.ALREADY_EXISTS,
                    "table '%s' already has a column '%s'".formatted(name, column));
        }
    }

    private void requireNoRows(String column) {
        try (CloseableIterable<FileScanTask> files = table.newScan().planFiles()) {
            if (files.iterator().hasNext()) {
                throw new QueryException(
                        ErrorCode.NOT_NULL_VIOLATION,
                        "column '%s' would be NULL in the rows that are in table '%s'"
                                .formatted(column, name),
                        "add it without NOT NULL, fill it, then ALTER COLUMN %s SET NOT NULL"
                                .formatted(column));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes a column out of sight; one of the same name that is added later is another. */
    public void drop(List<String> path) {
        NestedField column = field(path);
        for (PartitionField field : table.spec().fields()) {
            if (field.sourceId() == column.fieldId() && !field.transform().isVoid()) {
                throw invalid(
                        "table '%s' is partitioned by column '%s'".formatted(name, column.name()),
                        "first ALTER TABLE %s DROP PARTITION FIELD %s"
                                .formatted(name, field.name()));
            }
        }
        if (path.size() > 1) {
            requireSiblings(path);
        } else {
            dropped++;
        }
        update.deleteColumn(written(column));
    }

    private void requireSiblings(List<String> path) {
        List<String> parents = path.subList(0, path.size() - 1);
        if (field(parents).type().asNestedType().fields().size() == 1) {
            throw invalid(
                    "'%s' is the only member of '%s'"
                            .formatted(String.join(".", path), String.join(".", parents)),
                    "drop the whole column");
        }
    }

    public void rename(List<String> path, String to) {
        NestedField column = field(path);
        List<String> renamed = new ArrayList<>(path.subList(0, path.size() - 1));
        renamed.add(to);
        boolean otherCase = column.name().equalsIgnoreCase(to);
        if (!otherCase) {
            free(renamed, column.fieldId());
        }
        update.renameColumn(written(column), to);
    }

    /** Makes a column's type wider. */
    public void retype(List<String> path, org.skep.model.type.Type wider) {
        NestedField column = field(path);
        Type type = IcebergTypes.toIceberg(new Field(column.name(), wider, true));
        if (column.type().equals(type)) {
            return;
        }
        boolean safe =
                column.type().isPrimitiveType()
                        && type.isPrimitiveType()
                        && TypeUtil.isPromotionAllowed(column.type(), type.asPrimitiveType());
        if (!safe) {
            throw new QueryException(
                    ErrorCode.TYPE_MISMATCH,
                    "column '%s' is %s and cannot become %s"
                            .formatted(
                                    column.name(),
                                    IcebergTypes.type(column.name(), column.type()),
                                    wider),
                    "allowed are INTEGER to BIGINT, FLOAT to DOUBLE, and DECIMAL to one of more"
                            + " digits and the same scale");
        }
        update.updateColumn(written(column), type.asPrimitiveType());
    }

    public void allowNull(List<String> path) {
        update.makeColumnOptional(written(field(path)));
    }

    /**
     * Keeps NULL out of a column.
     *
     * @throws QueryException NOT_NULL_VIOLATION unless the table's own records show that there is
     *     none in it
     */
    public void forbidNull(List<String> path) {
        NestedField column = field(path);
        if (column.isRequired()) {
            return;
        }
        try (CloseableIterable<FileScanTask> files =
                table.newScan().includeColumnStats().planFiles()) {
            for (FileScanTask task : files) {
                requireNoNulls(column, task.file());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        update.allowIncompatibleChanges();
        update.requireColumn(written(column));
    }

    private void requireNoNulls(NestedField column, org.apache.iceberg.DataFile file) {
        Map<Integer, Long> counts = file.nullValueCounts();
        Long nulls = counts == null ? null : counts.get(column.fieldId());
        if (nulls == null || nulls > 0) {
            throw new QueryException(
                    ErrorCode.NOT_NULL_VIOLATION,
                    nulls == null
                            ? "column '%s' of table '%s' may be NULL in file %s, which does not say"
                                    .formatted(column.name(), name, file.location())
                            : "column '%s' of table '%s' is NULL in rows, %d of file %s"
                                    .formatted(column.name(), name, nulls, file.location()),
                    "replace NULL in it first, as by INSERT OVERWRITE %s SELECT … coalesce(%s, …)"
                            .formatted(name, column.name()));
        }
    }

    public void comment(List<String> path, String text) {
        update.updateColumnDoc(written(field(path)), text);
    }

    /** Moves a column, or one just added, to the first place. */
    public void first(List<String> path) {
        update.moveFirst(placed(path));
    }

    /**
     * @param sibling what it is moved behind: beside it, if it is a member of a struct
     */
    public void after(List<String> path, String sibling) {
        List<String> before = new ArrayList<>(path.subList(0, path.size() - 1));
        before.add(sibling);
        update.moveAfter(placed(path), placed(before));
    }

    private String placed(List<String> path) {
        String column = String.join(".", path);
        return added.contains(column.toLowerCase(Locale.ROOT)) && find(path).isEmpty()
                ? column
                : written(field(path));
    }
}
