package org.skep.executor.eval;

import org.skep.executor.value.Calendar;
import org.skep.model.data.ArrayColumn;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.Column;
import org.skep.model.data.DoubleColumn;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.data.StructColumn;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Expr.Cast;
import org.skep.model.type.Type;

/**
 * CAST between all types where that makes sense.
 *
 * <p>Numbers: to fewer digits after the point round half up, but to integers cut off (as Hive and
 * Spark do); what does not fit is an error. Text is read strictly. A TIMESTAMP as DATE loses its
 * time; as a number it is seconds since 1970. BOOLEAN is 1 and 0. Nested types member by member.
 */
final class Casts {
    private Casts() {}

    /** Converts a flat column. */
    interface Conversion {
        Column apply(Column input, Type to, boolean orNull);
    }

    static Evaluator evaluator(Cast cast, ExpressionCompiler compiler) {
        Evaluator input = compiler.compile(cast.input());
        Type from = cast.input().type();
        Type to = cast.type();
        if (from.equals(to)) {
            return input;
        }
        Conversion conversion = conversion(from, to);
        return batch -> conversion.apply(Constant.flat(input, batch), to, cast.orNull());
    }

    /**
     * @throws QueryException when no value of the one type is one of the other
     */
    static Conversion conversion(Type from, Type to) {
        if (from.equals(to)) {
            return (input, type, orNull) -> input;
        }
        if (from.kind() == Type.Kind.NULL) {
            return (input, type, orNull) -> Column.nulls(type, input.rows()).flat();
        }
        if (from.kind() == Type.Kind.STRING) {
            return TextCasts.from(to);
        }
        return switch (to.kind()) {
            case STRING, BINARY -> TextCasts.to(from, to);
            case BOOLEAN -> from.isNumeric() ? Casts::nonZero : refuse(from, to);
            case TINYINT, SMALLINT, INTEGER, BIGINT, FLOAT, DOUBLE, DECIMAL ->
                    NumberCasts.conversion(from, to);
            case DATE -> from.kind() == Type.Kind.TIMESTAMP ? Casts::day : refuse(from, to);
            case TIMESTAMP -> toTimestamp(from, to);
            case ARRAY, MAP -> arrays(from, to);
            case STRUCT -> structs(from, to);
            case NULL, INTERVAL_MONTH, INTERVAL_DAY -> refuse(from, to);
        };
    }

    static Conversion refuse(Type from, Type to) {
        throw new QueryException(
                ErrorCode.TYPE_MISMATCH,
                "cannot cast %s to %s".formatted(from, to),
                "cast to STRING first if that is what you mean");
    }

    private static Column nonZero(Column input, Type to, boolean orNull) {
        byte[] out = new byte[input.rows()];
        Column doubles =
                NumberCasts.conversion(input.type(), Type.DOUBLE).apply(input, Type.DOUBLE, orNull);
        double[] values = ((DoubleColumn) doubles).values();
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) (values[i] != 0 ? 1 : 0);
        }
        return new BooleanColumn(to, out, out.length, input.validity());
    }

    private static Column day(Column input, Type to, boolean orNull) {
        long[] micros = ((LongColumn) input).values();
        int[] out = new int[input.rows()];
        for (int i = 0; i < out.length; i++) {
            out[i] = Calendar.daysOf(micros[i]);
        }
        return new IntColumn(to, out, out.length, input.validity());
    }

    private static Conversion toTimestamp(Type from, Type to) {
        if (from.kind() == Type.Kind.DATE) {
            return (input, type, orNull) -> {
                int[] days = ((IntColumn) input).values();
                long[] out = new long[input.rows()];
                Misses misses = new Misses(input, type, orNull);
                for (int i = 0; i < out.length; i++) {
                    long micros = days[i] * Calendar.MICROS_PER_DAY;
                    out[i] = micros;
                    if (micros / Calendar.MICROS_PER_DAY != days[i]) {
                        misses.add(i);
                    }
                }
                return new LongColumn(type, out, out.length, misses.validity());
            };
        }
        return from.isNumeric() ? NumberCasts::secondsToTimestamp : refuse(from, to);
    }

    private static Conversion arrays(Type from, Type to) {
        if (from.kind() != to.kind()) {
            return refuse(from, to);
        }
        Conversion elements = conversion(from.element(), to.element());
        return (input, type, orNull) -> {
            ArrayColumn arrays = (ArrayColumn) input;
            int rows = input.rows();
            // only elements that rows use may fail
            ArrayElements used = ArrayElements.of(arrays);
            Column cast = elements.apply(used.elements(), type.element(), orNull);
            return new ArrayColumn(
                    type, used.starts(), used.lengths(), cast, rows, input.validity());
        };
    }

    private static Conversion structs(Type from, Type to) {
        int size = to.children().size();
        if (from.kind() != Type.Kind.STRUCT || from.children().size() != size) {
            return refuse(from, to);
        }
        Conversion[] members = new Conversion[size];
        for (int i = 0; i < size; i++) {
            members[i] = conversion(from.children().get(i).type(), to.children().get(i).type());
        }
        return (input, type, orNull) -> {
            StructColumn structs = (StructColumn) input;
            Column[] out = new Column[size];
            for (int i = 0; i < size; i++) {
                Column member = structs.member(i);
                Column seen =
                        input.validity() == null ? member : member.withValidity(input.validity());
                out[i] = members[i].apply(seen.flat(), type.children().get(i).type(), orNull);
            }
            return new StructColumn(type, out, input.rows(), input.validity());
        };
    }
}
