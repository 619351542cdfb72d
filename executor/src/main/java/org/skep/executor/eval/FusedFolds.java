package org.skep.executor.eval;

import java.util.ArrayList;
import java.util.List;
import org.skep.model.type.Type;

/**
 * Writes the statements that fold the values of one loop into the state. When there is one group
 * only, it is kept in local variables while the loop runs.
 */
final class FusedFolds {
    /** Stands for + in {@link FusedLoop#add} and for - in {@link FusedLoop#remove}. */
    private static final String SIGN = "@";

    private final FusedTerms terms;
    private final boolean oneGroup;
    private final StringBuilder sums = new StringBuilder();
    private final StringBuilder others = new StringBuilder();
    private final StringBuilder columns = new StringBuilder();
    private final List<Local> locals = new ArrayList<>();

    /**
     * A variable of one group.
     *
     * @param sum whether it is added to its place after the loop, else it comes from there as well
     */
    private record Local(String type, String name, String place, boolean sum) {}

    FusedFolds(FusedTerms terms, boolean oneGroup) {
        this.terms = terms;
        this.oneGroup = oneGroup;
    }

    /** Counts the row. */
    void row() {
        sum("longs", "g", 0, "r", "1L");
    }

    /**
     * @param valid a variable, -1 where the value is to be folded, else 0; null when it always is
     */
    void fold(int number, String value, String valid) {
        FusedTerm term = terms.term(number);
        int slot = terms.slot(number);
        boolean max = term.fold() == FusedTerm.Fold.MAX;
        switch (term.place()) {
            case NOWHERE -> {}
            case LONGS -> {
                String masked = valid == null ? value : "(" + value + " & " + valid + ")";
                sums.append("far |= " + masked + " ^ " + masked + " >> 63;\n");
                sum("longs", "g", slot, "s" + number, masked);
            }
            case SUMMED_DOUBLES -> addDouble(number, FusedDoubles.masked(value, valid));
            case BEST_LONGS -> bestLong(number, max, value, valid);
            case BEST_DOUBLES -> bestDouble(number, max, value, valid);
            case COLUMNS -> {
                column(number, value, valid);
                return;
            }
        }
        if (valid != null) {
            sum("missing", "h", number, "m" + number, "(" + valid + " + 1L)");
        }
    }

    private void sum(String array, String row, int slot, String local, String value) {
        if (oneGroup) {
            sums.append(local + " += " + value + ";\n");
            locals.add(new Local("long", local, array + "[" + slot + "]", true));
        } else {
            String place = array + "[" + row + " + " + slot + "]";
            sums.append(place + " " + SIGN + "= " + value + ";\n");
        }
    }

    /** The name of what is kept at a place of the state that is not a sum. */
    private String kept(String type, String array, String row, int slot, String local) {
        if (!oneGroup) {
            return array + "[" + row + " + " + slot + "]";
        }
        locals.add(new Local(type, local, array + "[" + slot + "]", false));
        return local;
    }

    /** Knuth's two-sum, as {@code DoubleSums} does it. */
    private void addDouble(int number, String value) {
        int slot = terms.slot(number);
        String sum = kept("double", "doubles", "k", slot, "x" + number);
        String lost = kept("double", "doubles", "k", slot + 1, "y" + number);
        others.append(
                """
                double u%1$d = %2$s;
                double w%1$d = %3$s;
                double n%1$d = w%1$d + u%1$d;
                double a%1$d = n%1$d - w%1$d;
                %4$s += (w%1$d - (n%1$d - a%1$d)) + (u%1$d - a%1$d);
                %3$s = n%1$d;
                """
                        .formatted(number, value, sum, lost));
    }

    private void bestLong(int number, boolean max, String value, String valid) {
        String best = kept("long", "bests", "q", terms.slot(number), "x" + number);
        String none = max ? "Long.MIN_VALUE" : "Long.MAX_VALUE";
        String masked =
                valid == null
                        ? value
                        : "(" + value + " & " + valid + " | " + none + " & ~" + valid + ")";
        String choice = max ? "Math.max" : "Math.min";
        others.append(best + " = " + choice + "(" + best + ", " + masked + ");\n");
    }

    /** Of equal values the first one stays, as it does in the kernel: -0 and 0 are equal. */
    private void bestDouble(int number, boolean max, String value, String valid) {
        String best = kept("double", "doubles", "k", terms.slot(number), "x" + number);
        String before = "w" + number;
        String better = max ? FusedDoubles.less(before, value) : FusedDoubles.less(value, before);
        String counts = valid == null ? "" : valid + " != 0L && ";
        others.append("double " + before + " = " + best + ";\n");
        others.append("if (" + counts + better + ") { " + best + " = " + value + "; }\n");
    }

    private void column(int number, String value, String valid) {
        Type.Layout layout = terms.term(number).value().type().layout();
        String element =
                switch (layout) {
                    case BOOLEAN -> "byte";
                    case INT -> "int";
                    case LONG, DECIMAL -> "long";
                    case DOUBLE -> "double";
                    case BYTES, ARRAY, STRUCT ->
                            throw new IllegalArgumentException("a loop of " + layout);
                };
        String shown = layout == Type.Layout.BOOLEAN ? "(" + value + " & 1L)" : value;
        columns.append(out(element, "o", number, 2 * number));
        others.append("o%d[i] = (%s) %s;%n".formatted(number, element, shown));
        if (valid != null) {
            columns.append(out("long", "e", number, 2 * number + 1));
            others.append("e%d[i >> 6] |= ~%s & 1L << i;%n".formatted(number, valid));
        }
    }

    private static String out(String element, String name, int number, int place) {
        return "%1$s[] %2$s%3$d = (%1$s[]) state.out[%4$d];%n"
                .formatted(element, name, number, place);
    }

    /** All methods of a part of the loop but what is computed: {@code code} has that. */
    String methods(int part, FusedExpressions code) {
        String add = method("add", part, code, "+", sums.toString() + others);
        return terms.folds() ? add + method("remove", part, code, "-", sums.toString()) : add;
    }

    private String method(
            String name, int part, FusedExpressions code, String sign, String statements) {
        boolean adds = name.equals("add");
        StringBuilder out = new StringBuilder();
        out.append("private static long ")
                .append(name + part + "(" + FusedSource.PARAMETERS + ") {\n")
                .append("long[] longs = state.longs; long[] missing = state.missing;\n")
                .append("double[] doubles = state.doubles; long[] bests = state.bests;\n")
                .append("long bad = 0L; long high = 0L; long far = 0L;\n")
                .append(code.declarations())
                .append(columns);
        for (Local local : locals) {
            String start = !local.sum ? local.place : local.type.equals("long") ? "0L" : "0.0";
            out.append(local.type + " " + local.name + " = " + start + ";\n");
        }
        out.append("for (int i = 0; i < rows; i++) {\n");
        if (!oneGroup) {
            row(out, "g", "longs", terms.stride());
            row(out, "h", "missing", terms.size());
            row(out, "k", "doubles", terms.doubles());
            row(out, "q", "bests", terms.bests());
        }
        out.append(code.body()).append(statements.replace(SIGN, sign)).append("}\n");
        for (Local local : locals) {
            if (local.sum) {
                out.append(local.place + " " + sign + "= " + local.name + ";\n");
            } else if (adds) {
                out.append(local.place + " = " + local.name + ";\n");
            }
        }
        return out.append("return bad < 0L || high != 0L ? -1L : far;\n}\n").toString();
    }

    /** Where the row's group begins, if it has anything in the array. */
    private static void row(StringBuilder out, String name, String array, int width) {
        if (width > 0) {
            out.append("int " + name + " = groups[i] * " + width + "; // in " + array + "\n");
        }
    }
}
