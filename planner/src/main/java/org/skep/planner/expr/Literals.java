package org.skep.planner.expr;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.TimestampString;
import org.skep.model.type.Type;
import org.skep.parser.CalciteTypes;

/** Constants of Calcite and ours. */
final class Literals {
    private static final BigDecimal MICROS_PER_MILLI = BigDecimal.valueOf(1000);

    private Literals() {}

    /** The value in the boxed form of {@code Column.value}, of the literal's own type. */
    static Object value(RexLiteral literal) {
        if (literal.isNull()) {
            return null;
        }
        Type type = CalciteTypes.fromCalcite(literal.getType());
        return switch (type.kind()) {
            case NULL -> null;
            case BOOLEAN -> RexLiteral.booleanValue(literal);
            case TINYINT, SMALLINT, INTEGER, INTERVAL_MONTH ->
                    literal.getValueAs(BigDecimal.class).intValueExact();
            case BIGINT -> literal.getValueAs(BigDecimal.class).longValueExact();
            case FLOAT, DOUBLE -> literal.getValueAs(Double.class);
            case DECIMAL -> literal.getValueAs(BigDecimal.class);
            case DATE -> literal.getValueAs(DateString.class).getDaysSinceEpoch();
            case TIMESTAMP -> micros(literal.getValueAs(TimestampString.class));
            case STRING -> literal.getValueAs(NlsString.class).getValue();
            case BINARY -> literal.getValueAs(ByteString.class).getBytes();
            case INTERVAL_DAY ->
                    literal.getValueAs(BigDecimal.class).multiply(MICROS_PER_MILLI).longValue();
            case ARRAY, MAP, STRUCT ->
                    throw new IllegalArgumentException("a literal of type " + type);
        };
    }

    /** A literal of {@code type} for a value in boxed form; empty for types that have none. */
    static Optional<RexNode> literal(RexBuilder rex, Object value, RelDataType type) {
        if (value == null) {
            return Optional.of(rex.makeNullLiteral(type));
        }
        RexNode made =
                switch (CalciteTypes.fromCalcite(type).kind()) {
                    case BOOLEAN -> rex.makeLiteral((Boolean) value);
                    case TINYINT, SMALLINT, INTEGER, BIGINT ->
                            rex.makeExactLiteral(
                                    BigDecimal.valueOf(((Number) value).longValue()), type);
                    case DECIMAL -> rex.makeExactLiteral((BigDecimal) value, type);
                    case FLOAT, DOUBLE -> approximate(rex, ((Number) value).doubleValue(), type);
                    case DATE ->
                            rex.makeDateLiteral(DateString.fromDaysSinceEpoch((Integer) value));
                    case TIMESTAMP -> timestamp(rex, (Long) value);
                    case STRING -> rex.makeLiteral(value, type, false);
                    case BINARY -> rex.makeBinaryLiteral(new ByteString((byte[]) value));
                    case NULL, INTERVAL_MONTH, INTERVAL_DAY, ARRAY, MAP, STRUCT -> null;
                };
        if (made == null) {
            return Optional.empty();
        }
        return Optional.of(
                made.getType().equals(type) ? made : rex.makeAbstractCast(type, made, false));
    }

    private static RexNode approximate(RexBuilder rex, double value, RelDataType type) {
        return Double.isFinite(value)
                ? rex.makeApproxLiteral(BigDecimal.valueOf(value), type)
                : null;
    }

    private static RexNode timestamp(RexBuilder rex, long micros) {
        LocalDateTime time =
                LocalDateTime.ofEpochSecond(
                        Math.floorDiv(micros, 1_000_000L),
                        (int) Math.floorMod(micros, 1_000_000L) * 1000,
                        ZoneOffset.UTC);
        if (time.getYear() < 1 || time.getYear() > 9999) {
            return null;
        }
        TimestampString text =
                new TimestampString(
                                time.getYear(),
                                time.getMonthValue(),
                                time.getDayOfMonth(),
                                time.getHour(),
                                time.getMinute(),
                                time.getSecond())
                        .withNanos(time.getNano());
        return rex.makeTimestampLiteral(text, 6);
    }

    private static long micros(TimestampString text) {
        LocalDateTime time = LocalDateTime.parse(text.toString().replace(' ', 'T'));
        return ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant(ZoneOffset.UTC));
    }
}
