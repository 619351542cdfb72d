package org.skep.engine;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.skep.catalog.iceberg.ManagedTable;
import org.skep.catalog.iceberg.SnapshotEntry;
import org.skep.catalog.iceberg.Snapshots;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Expr;
import org.skep.planner.check.Version;

/** Older states of tables. Times are those of this machine's zone, as everywhere in SQL. */
final class TableVersions {
    private static final long SECOND_MICROS = 1_000_000;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    private TableVersions() {}

    /** The table as it was in a version. */
    static ManagedTable of(ManagedTable table, Version version) {
        Expr.Literal value = version.value();
        if (value.value() == null) {
            throw new QueryException(
                    ErrorCode.INVALID_ARGUMENT,
                    "a %s is NULL".formatted(version.by().name().toLowerCase(Locale.ROOT)),
                    list(table));
        }
        return switch (version.by()) {
            case VERSION -> version(table, value);
            case TIMESTAMP -> asOf(table, instant((Long) value.value()));
        };
    }

    private static ManagedTable version(ManagedTable table, Expr.Literal value) {
        Snapshots snapshots = new Snapshots(table);
        Optional<ManagedTable> found =
                switch (value.type().kind()) {
                    case TINYINT, SMALLINT, INTEGER, BIGINT ->
                            snapshots.find(((Number) value.value()).longValue());
                    case STRING -> named(snapshots, (String) value.value());
                    default ->
                            throw new QueryException(
                                    ErrorCode.TYPE_MISMATCH,
                                    "a version is a snapshot's number, not %s"
                                            .formatted(value.type()),
                                    "a time is named by TIMESTAMP AS OF");
                };
        return found.orElseThrow(
                () ->
                        new QueryException(
                                ErrorCode.INVALID_ARGUMENT,
                                "table '%s' has no snapshot %s"
                                        .formatted(
                                                table.name(),
                                                value.value() instanceof String name
                                                        ? "'" + name + "'"
                                                        : value.value()),
                                list(table)));
    }

    private static Optional<ManagedTable> named(Snapshots snapshots, String name) {
        Optional<ManagedTable> reference = snapshots.find(name);
        return reference.isEmpty() && name.matches("[0-9]{1,18}|[1-9][0-9]{18}")
                ? number(snapshots, name)
                : reference;
    }

    private static Optional<ManagedTable> number(Snapshots snapshots, String digits) {
        try {
            return snapshots.find(Long.parseLong(digits));
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }

    private static ManagedTable asOf(ManagedTable table, Instant time) {
        Snapshots snapshots = new Snapshots(table);
        return snapshots.asOf(time).orElseThrow(() -> tooEarly(table, time, snapshots.list()));
    }

    private static QueryException tooEarly(
            ManagedTable table, Instant time, List<SnapshotEntry> kept) {
        return new QueryException(
                ErrorCode.INVALID_ARGUMENT,
                "table '%s' has no snapshot as of %s".formatted(table.name(), text(time)),
                kept.isEmpty()
                        ? "nothing was ever written into it"
                        : "its first one is of %s; %s"
                                .formatted(text(kept.get(0).committed()), list(table)));
    }

    private static String list(ManagedTable table) {
        return "SHOW SNAPSHOTS %s lists what there is".formatted(table.name());
    }

    /** A point in time for people. */
    static String text(Instant time) {
        return TIME.format(local(time));
    }

    private static LocalDateTime local(Instant time) {
        return LocalDateTime.ofInstant(time, ZoneId.systemDefault());
    }

    /** A point in time as a TIMESTAMP. */
    static long micros(Instant time) {
        LocalDateTime local = local(time);
        return local.toEpochSecond(ZoneOffset.UTC) * SECOND_MICROS + local.getNano() / 1_000;
    }

    /** A TIMESTAMP as the point in time that it names here. */
    static Instant instant(long micros) {
        return LocalDateTime.ofEpochSecond(
                        Math.floorDiv(micros, SECOND_MICROS),
                        (int) Math.floorMod(micros, SECOND_MICROS) * 1_000,
                        ZoneOffset.UTC)
                .atZone(ZoneId.systemDefault())
                .toInstant();
    }
}
