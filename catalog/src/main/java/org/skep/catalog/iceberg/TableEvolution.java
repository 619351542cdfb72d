package org.skep.catalog.iceberg;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.ReplaceSortOrder;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.UpdatePartitionSpec;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Term;
import org.apache.iceberg.types.Types.NestedField;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.error.Suggestion;
import org.skep.model.file.PartitionKey.Transform;
import org.skep.model.plan.SortKey;

/**
 * Changes of a table's definition. Each is one commit, made again on top of what others commit
 * meanwhile.
 */
public final class TableEvolution {
    private final String name;
    private final Table table;

    public TableEvolution(ManagedTable table) {
        this.name = table.name();
        this.table = table.iceberg();
    }

    /**
     * @param changes may be asked several times
     */
    public void columns(Consumer<ColumnChanges> changes) {
        Commits.retried(
                name,
                table,
                () -> {
                    ColumnChanges columns = new ColumnChanges(name, table);
                    refused(
                            () -> {
                                changes.accept(columns);
                                columns.commit();
                            });
                });
    }

    /** What Iceberg finds wrong with a change that we let through. */
    private void refused(Runnable change) {
        try {
            change.run();
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
            throw new QueryException(
                    ErrorCode.INVALID_STATEMENT, "table '%s': %s".formatted(name, e.getMessage()));
        }
    }

    public void setProperties(Map<String, String> properties) {
        WriteProperties.check(properties);
        String version = properties.get(TableProperties.FORMAT_VERSION);
        if (version != null && !version.equals("2")) {
            throw new QueryException(
                    ErrorCode.NOT_SUPPORTED,
                    "tables are of format version 2, not %s".formatted(version));
        }
        Commits.retried(
                name,
                table,
                () -> {
                    UpdateProperties update = table.updateProperties();
                    properties.forEach(update::set);
                    update.commit();
                });
    }

    /** Keeps a property under another key, if it is there. */
    public void moveProperty(String from, String to) {
        Commits.retried(
                name,
                table,
                () -> {
                    String value = table.properties().get(from);
                    if (value != null) {
                        table.updateProperties().remove(from).set(to, value).commit();
                    }
                });
    }

    public void unsetProperties(List<String> keys) {
        Commits.retried(
                name,
                table,
                () -> {
                    UpdateProperties update = table.updateProperties();
                    keys.forEach(update::remove);
                    update.commit();
                });
    }

    /**
     * Partitions what is written from now on by one more value.
     *
     * @param field its name, null for the usual one
     */
    public void addPartition(String column, Transform transform, int width, String field) {
        Commits.retried(
                name,
                table,
                () -> {
                    UpdatePartitionSpec update = table.updateSpec();
                    requireNew(column, transform, width);
                    Term term = term(written(column), transform, width);
                    try {
                        refused(() -> update.addField(field, term));
                    } catch (ValidationException e) { // a transform that does not fit its column
                        throw new QueryException(
                                ErrorCode.TYPE_MISMATCH,
                                "table '%s': %s".formatted(name, e.getMessage()));
                    }
                    update.commit();
                });
    }

    /** Partitions what is written from now on by one value less, a column's or a named field's. */
    public void dropPartition(String column, Transform transform, int width) {
        Commits.retried(
                name,
                table,
                () -> {
                    UpdatePartitionSpec update = table.updateSpec();
                    update.removeField(field(column, transform, width).name());
                    update.commit();
                });
    }

    /**
     * Sorts the rows of each file that is written from now on.
     *
     * @param sorting says by what, by the table's columns; by nothing for rows as they come
     */
    public void sort(Function<org.skep.model.type.Schema, List<SortKey>> sorting) {
        Commits.retried(
                name,
                table,
                () -> {
                    ReplaceSortOrder order = table.replaceSortOrder();
                    Schema columns = table.schema();
                    SortOrders.add(
                            columns, sorting.apply(IcebergTypes.fromIceberg(columns)), order);
                    order.commit();
                });
    }

    private void requireNew(String column, Transform transform, int width) {
        if (find(column, transform, width).isPresent()) {
            throw new QueryException(
                    ErrorCode.ALREADY_EXISTS,
                    "table '%s' is already partitioned by %s"
                            .formatted(name, described(column, transform, width)));
        }
    }

    private static String described(String column, Transform transform, int width) {
        return transform == Transform.IDENTITY
                ? "'" + column + "'"
                : "%s of '%s'".formatted(Partitions.text(transform, width), column);
    }

    private Optional<PartitionField> find(String column, Transform transform, int width) {
        NestedField source = table.schema().caseInsensitiveFindField(column);
        String text = Partitions.text(transform, width);
        for (PartitionField field : table.spec().fields()) {
            boolean named =
                    transform == Transform.IDENTITY && field.name().equalsIgnoreCase(column);
            boolean same =
                    source != null
                            && field.sourceId() == source.fieldId()
                            && field.transform().toString().equals(text);
            if ((named || same) && !field.transform().isVoid()) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    private PartitionField field(String column, Transform transform, int width) {
        Optional<PartitionField> found = find(column, transform, width);
        if (found.isPresent()) {
            return found.get();
        }
        List<String> known = table.spec().fields().stream().map(PartitionField::name).toList();
        throw new QueryException(
                ErrorCode.COLUMN_NOT_FOUND,
                "table '%s' is not partitioned by %s"
                        .formatted(name, described(column, transform, width)),
                known.isEmpty()
                        ? "it is not partitioned at all"
                        : "its partition fields are " + String.join(", ", known));
    }

    private String written(String column) {
        Schema schema = table.schema();
        NestedField field = schema.caseInsensitiveFindField(column);
        if (field == null) {
            List<String> known = schema.columns().stream().map(NestedField::name).toList();
            throw new QueryException(
                    ErrorCode.COLUMN_NOT_FOUND,
                    "no column '%s' in %s".formatted(column, name),
                    Suggestion.hint(column, known));
        }
        return schema.findColumnName(field.fieldId());
    }

    private static Term term(String column, Transform transform, int width) {
        return switch (transform) {
            case IDENTITY -> Expressions.ref(column);
            case YEARS -> Expressions.year(column);
            case MONTHS -> Expressions.month(column);
            case DAYS -> Expressions.day(column);
            case HOURS -> Expressions.hour(column);
            case BUCKET -> Expressions.bucket(column, width);
            case TRUNCATE -> Expressions.truncate(column, width);
        };
    }
}
