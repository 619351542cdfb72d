package org.skep.planner.check;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimestampString;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.parser.Syntax;

/** Question marks in a query: counted, and replaced by constants. Text never comes into it. */
public final class Parameters {
    private Parameters() {}

    public static int count(Syntax query) {
        int[] count = new int[1];
        query.node()
                .accept(
                        new SqlBasicVisitor<Void>() {
                            @Override
                            public Void visit(SqlDynamicParam parameter) {
                                count[0] = Math.max(count[0], parameter.getIndex() + 1);
                                return null;
                            }
                        });
        return count[0];
    }

    /**
     * The query with each question mark replaced by its value.
     *
     * @throws QueryException INVALID_ARGUMENT when there are too few values, or one of a class that
     *     is no SQL value
     */
    public static Syntax bind(Syntax query, List<Object> values) {
        int wanted = count(query);
        if (wanted == 0) {
            return query;
        }
        if (values.size() < wanted) {
            throw new QueryException(
                    ErrorCode.INVALID_ARGUMENT,
                    "of %d parameters %d are set".formatted(wanted, values.size()),
                    "set a value for each question mark");
        }
        SqlShuttle binding =
                new SqlShuttle() {
                    @Override
                    public SqlNode visit(SqlDynamicParam parameter) {
                        int index = parameter.getIndex();
                        return literal(values.get(index), index, parameter.getParserPosition());
                    }
                };
        return new Syntax(query.node().accept(binding));
    }

    private static SqlNode literal(Object value, int index, SqlParserPos pos) {
        if (value == null) {
            return SqlLiteral.createNull(pos);
        }
        if (value instanceof Boolean truth) {
            return SqlLiteral.createBoolean(truth, pos);
        }
        if (value instanceof Byte
                || value instanceof Short
                || value instanceof Integer
                || value instanceof Long) {
            return SqlLiteral.createExactNumeric(value.toString(), pos);
        }
        if (value instanceof BigDecimal decimal) {
            return SqlLiteral.createExactNumeric(decimal.toPlainString(), pos);
        }
        if (value instanceof Float || value instanceof Double) {
            double number = ((Number) value).doubleValue();
            if (Double.isFinite(number)) {
                return SqlLiteral.createApproxNumeric(new BigDecimal(number).toString(), pos);
            }
        }
        if (value instanceof String text) {
            return SqlLiteral.createCharString(text, pos);
        }
        if (value instanceof byte[] bytes) {
            return SqlLiteral.createBinaryString(bytes, pos);
        }
        if (value instanceof LocalDate date) {
            return SqlLiteral.createDate(
                    DateString.fromDaysSinceEpoch((int) date.toEpochDay()), pos);
        }
        if (value instanceof LocalDateTime time) {
            TimestampString text =
                    new TimestampString(
                                    time.getYear(),
                                    time.getMonthValue(),
                                    time.getDayOfMonth(),
                                    time.getHour(),
                                    time.getMinute(),
                                    time.getSecond())
                            .withNanos(time.getNano());
            return SqlLiteral.createTimestamp(text, 6, pos);
        }
        throw new QueryException(
                ErrorCode.INVALID_ARGUMENT,
                CheckErrors.position(pos),
                "parameter %d cannot be %s".formatted(index + 1, value),
                "parameters are booleans, numbers, strings, dates, timestamps and bytes");
    }
}
