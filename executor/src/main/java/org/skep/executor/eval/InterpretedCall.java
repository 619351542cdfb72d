package org.skep.executor.eval;

import java.lang.invoke.MethodHandle;
import java.math.BigDecimal;
import org.skep.executor.function.scalar.ScalarFunctions.Bound;
import org.skep.executor.value.Decimals;
import org.skep.model.data.Bits;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.data.Utf8;
import org.skep.model.type.Type;

/** Calls through a method handle with boxed values. */
final class InterpretedCall implements CallLoop {
    private final Bound function;
    private final MethodHandle handle;

    InterpretedCall(Bound function) {
        this.function = function;
        this.handle = function.handle();
    }

    @Override
    public Column run(Column[] arguments, long[] validity, int rows, Type result) {
        ColumnBuilder out = ColumnBuilder.of(result, rows);
        Object[] values = new Object[arguments.length];
        for (int row = 0; row < rows; row++) {
            if (validity != null && !Bits.get(validity, row)) {
                out.appendNull();
                continue;
            }
            for (int i = 0; i < values.length; i++) {
                values[i] = argument(arguments[i], row, function.parameterClass(i));
            }
            append(out, call(values));
        }
        return out.build();
    }

    private Object call(Object[] values) {
        try {
            return (Object) handle.invokeExact(values);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object argument(Column column, int row, Class<?> wanted) {
        if (column.isNull(row)) {
            return null;
        }
        if (wanted == Utf8.class) {
            BytesColumn text = (BytesColumn) column;
            return new Utf8(text.data(), text.starts()[row], text.lengths()[row]);
        }
        return column.value(row);
    }

    /** Appends what a function returned; a decimal must fit the declared precision. */
    static void append(ColumnBuilder out, Object value) {
        if (value == null) {
            out.appendNull();
        } else if (value instanceof Utf8 utf8) {
            out.appendUtf8(utf8);
        } else if (value instanceof BigDecimal decimal) {
            appendDecimal(out, decimal);
        } else {
            out.appendValue(value);
        }
    }

    static void appendDecimal(ColumnBuilder out, BigDecimal value) {
        if (value == null) {
            out.appendNull();
            return;
        }
        out.appendDecimal(Decimals.fit(value, out.type()));
    }
}
