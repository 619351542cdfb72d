package org.skep.executor.function.scalar;

import java.util.Arrays;
import org.skep.executor.value.Concatenation;
import org.skep.executor.value.ValueOrder;
import org.skep.model.data.Bits;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.Column;
import org.skep.model.data.DoubleColumn;
import org.skep.model.type.Type;

/** Functions that choose among their arguments, of any type. */
public final class ConditionalFunctions {
    private ConditionalFunctions() {}

    @SqlFunction(
            value = {"if", "iff"},
            signature = "(boolean, T, T) T",
            doc = "the second when the first is true, else the third",
            example = "if(true, 'yes', 'no') = 'yes'")
    public static Column choose(Type type, int rows, Column[] arguments) {
        byte[] condition = ((BooleanColumn) arguments[0]).values();
        int[] positions = new int[rows];
        for (int i = 0; i < rows; i++) {
            boolean yes = condition[i] != 0 && !arguments[0].isNull(i);
            positions[i] = yes ? i : rows + i;
        }
        return pick(type, positions, arguments[1], arguments[2]);
    }

    /** Rows of columns put one after the other. */
    private static Column pick(Type type, int[] positions, Column... from) {
        int rows = positions.length;
        return Concatenation.of(type, from, rows * from.length).gather(positions, rows);
    }

    @SqlFunction(
            value = "if",
            signature = "(boolean, T) T",
            doc = "the second when the first is true, else null",
            example = "if(false, 'yes') = NULL")
    public static Column chooseOrNull(Type type, int rows, Column[] arguments) {
        Column nothing = Column.nulls(type, rows).flat();
        return choose(type, rows, new Column[] {arguments[0], arguments[1], nothing});
    }

    @SqlFunction(
            value = {"coalesce", "nvl", "ifnull"},
            signature = "(T...) T",
            doc = "the first that is not null",
            example = "coalesce(NULL, NULL, 3) = 3")
    public static Column coalesce(Type type, int rows, Column[] arguments) {
        int[] positions = new int[rows];
        for (int i = 0; i < rows; i++) {
            int k = 0;
            while (k < arguments.length - 1 && arguments[k].isNull(i)) {
                k++;
            }
            positions[i] = k * rows + i;
        }
        return pick(type, positions, arguments);
    }

    @SqlFunction(
            value = "nvl2",
            signature = "(U, T, T) T",
            doc = "the second when the first is not null, else the third",
            example = "nvl2(NULL, 1, 2) = 2")
    public static Column nvl2(Type type, int rows, Column[] arguments) {
        int[] positions = new int[rows];
        for (int i = 0; i < rows; i++) {
            positions[i] = arguments[0].isNull(i) ? rows + i : i;
        }
        return pick(type, positions, arguments[1], arguments[2]);
    }

    @SqlFunction(
            value = "nullif",
            signature = "(T, T) T",
            doc = "the first, or null when both are equal",
            example = "nullif(0, 0) = NULL")
    public static Column nullif(Type type, int rows, Column[] arguments) {
        Column a = arguments[0];
        Column b = arguments[1];
        long[] keep = Bits.allSet(rows);
        for (int i = 0; i < rows; i++) {
            if (!a.isNull(i) && !b.isNull(i) && ValueOrder.compare(a, i, b, i) == 0) {
                Bits.clear(keep, i);
            }
        }
        return a.withValidity(keep);
    }

    @SqlFunction(
            value = "isnull",
            signature = "(T) boolean",
            doc = "whether it is null",
            example = "isnull(NULL) = true")
    public static Column isnull(Type type, int rows, Column[] arguments) {
        byte[] out = new byte[rows];
        for (int i = 0; i < rows; i++) {
            out[i] = (byte) (arguments[0].isNull(i) ? 1 : 0);
        }
        return new BooleanColumn(type, out, rows, null);
    }

    @SqlFunction(
            value = "isnotnull",
            signature = "(T) boolean",
            doc = "whether it is not null",
            example = "isnotnull(1) = true")
    public static Column isnotnull(Type type, int rows, Column[] arguments) {
        byte[] out = new byte[rows];
        for (int i = 0; i < rows; i++) {
            out[i] = (byte) (arguments[0].isNull(i) ? 0 : 1);
        }
        return new BooleanColumn(type, out, rows, null);
    }

    @SqlFunction(
            value = "greatest",
            signature = "(T...) T",
            doc = "the greatest that is not null",
            example = "greatest(3, NULL, 5) = 5")
    public static Column greatest(Type type, int rows, Column[] arguments) {
        return extreme(type, rows, arguments, 1);
    }

    @SqlFunction(
            value = "least",
            signature = "(T...) T",
            doc = "the least that is not null",
            example = "least('b', 'a', NULL) = 'a'")
    public static Column least(Type type, int rows, Column[] arguments) {
        return extreme(type, rows, arguments, -1);
    }

    private static Column extreme(Type type, int rows, Column[] arguments, int sign) {
        int[] positions = new int[rows];
        for (int i = 0; i < rows; i++) {
            int best = 0;
            for (int k = 1; k < arguments.length; k++) {
                boolean better =
                        !arguments[k].isNull(i)
                                && (arguments[best].isNull(i)
                                        || ValueOrder.compare(arguments[k], i, arguments[best], i)
                                                        * sign
                                                > 0);
                best = better ? k : best;
            }
            positions[i] = best * rows + i;
        }
        return pick(type, positions, arguments);
    }

    @SqlFunction(
            value = "decode",
            signature = "(T, [T, U]..., U) U",
            doc = "what stands behind the first equal value, else the last",
            example = "decode(2, 1, 'one', 2, 'two', 'many') = 'two'")
    public static Column decodeElse(Type type, int rows, Column[] arguments) {
        Column key = arguments[0];
        int pairs = (arguments.length - 1) / 2;
        Column[] results = new Column[pairs + 1];
        for (int k = 0; k < pairs; k++) {
            results[k] = arguments[2 * k + 2];
        }
        results[pairs] = arguments[arguments.length - 1];
        int[] positions = new int[rows];
        for (int i = 0; i < rows; i++) {
            int k = 0;
            while (k < pairs && ValueOrder.compareNullable(key, i, arguments[2 * k + 1], i) != 0) {
                k++;
            }
            positions[i] = k * rows + i;
        }
        return pick(type, positions, results);
    }

    @SqlFunction(
            value = "decode",
            signature = "(T, T, U, [T, U]...) U",
            doc = "what stands behind the first equal value, else null",
            example = "decode(3, 1, 'one', 2, 'two') = NULL")
    public static Column decode(Type type, int rows, Column[] arguments) {
        Column[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = Column.nulls(type, rows).flat();
        return decodeElse(type, rows, all);
    }

    @SqlFunction(
            value = {"isnan", "is_nan"},
            doc = "whether it is not a number",
            example = "isnan(DOUBLE 'NaN') = true")
    public static boolean isnan(double x) {
        return Double.isNaN(x);
    }

    @SqlFunction(
            value = "nanvl",
            signature = "(double, double) double",
            doc = "the first, or the second when the first is not a number",
            example = "nanvl(DOUBLE 'NaN', 1) = DOUBLE '1'")
    public static Column nanvl(Type type, int rows, Column[] arguments) {
        double[] values = ((DoubleColumn) arguments[0]).values();
        int[] positions = new int[rows];
        for (int i = 0; i < rows; i++) {
            boolean nan = Double.isNaN(values[i]) && !arguments[0].isNull(i);
            positions[i] = nan ? rows + i : i;
        }
        return pick(type, positions, arguments);
    }
}
