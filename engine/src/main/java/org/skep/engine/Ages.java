package org.skep.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Expr;
import org.skep.parser.Statement;
import org.skep.planner.check.Parameters;

/** OLDER THAN: a time, or how long ago. */
final class Ages {
    private final SessionState session;

    Ages(SessionState session) {
        this.session = session;
    }

    /**
     * The time that is meant.
     *
     * @param usual how long ago when nothing is said
     */
    Instant time(Statement.Age age, Duration usual, List<Object> parameters) {
        Instant now = Instant.now();
        if (age == null) {
            return now.minus(usual);
        }
        Expr.Literal literal =
                session.planner()
                        .constant(Parameters.bind(age.value(), parameters), session.context());
        if (literal.value() == null) {
            throw new QueryException(
                    ErrorCode.INVALID_ARGUMENT, age.position(), "an age of NULL", hint());
        }
        Number value = literal.value() instanceof Number number ? number : 0;
        Instant time =
                switch (literal.type().kind()) {
                    case TIMESTAMP -> TableVersions.instant(value.longValue());
                    case DATE ->
                            TableVersions.instant(
                                    Duration.ofDays(value.longValue()).toMillis() * 1_000);
                    case INTERVAL_DAY -> now.minus(value.longValue(), ChronoUnit.MICROS);
                    case INTERVAL_MONTH ->
                            now.atZone(ZoneId.systemDefault())
                                    .minusMonths(value.longValue())
                                    .toInstant();
                    default ->
                            throw new QueryException(
                                    ErrorCode.TYPE_MISMATCH,
                                    age.position(),
                                    "an age is a time or an interval, not %s"
                                            .formatted(literal.type()),
                                    hint());
                };
        if (time.isAfter(now) && value.longValue() < 0) {
            throw new QueryException(
                    ErrorCode.INVALID_ARGUMENT, age.position(), "an age below zero", hint());
        }
        return time;
    }

    private static String hint() {
        return "write OLDER THAN INTERVAL 7 DAYS, '7d', or TIMESTAMP '…'";
    }
}
