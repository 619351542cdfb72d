package org.skep.executor.eval;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.skep.executor.eval.FusedSource.Form;
import org.skep.model.plan.Expr;
import org.skep.model.type.Type;

/**
 * Writes the statements of a loop's body that compute expressions: each node one local variable,
 * equal nodes the same one. Floating numbers are doubles, all others longs. Truth values are masks:
 * -1 for true, 0 for false. There are no branches. What goes wrong at a row that is not null leaves
 * the sign bit in {@code bad}, or something other than zero in {@code high}.
 */
final class FusedExpressions {
    /**
     * A row's value.
     *
     * @param value a variable or constant; arbitrary where the value is null
     * @param valid a variable or constant, -1 where the value is not null and 0 where it is; null
     *     when it never is
     */
    record Value(String value, String valid) {}

    private final FusedTerms terms;
    private final Form[] forms;
    private final StringBuilder body = new StringBuilder();
    private final Set<String> declarations = new LinkedHashSet<>();
    private final Map<Expr, Value> known = new HashMap<>();
    private int names;

    FusedExpressions(FusedTerms terms, Form[] forms) {
        this.terms = terms;
        this.forms = forms;
    }

    /** Whether a node can be written, if its operands can. */
    static boolean writes(Expr expr) {
        return switch (expr.kind()) {
            case INPUT, LITERAL, AND, OR, NOT, IS_NULL -> true;
            case CASE ->
                    whole(expr.type())
                            || FusedDoubles.holds(expr.type())
                            || expr.type().kind() == Type.Kind.BOOLEAN;
            case ARITHMETIC -> writesArithmetic((Expr.Arithmetic) expr);
            case COMPARE -> writesCompare((Expr.Compare) expr);
            case CAST -> writesCast((Expr.Cast) expr);
            case IN, LIKE, CALL, MEMBER -> false;
        };
    }

    private static boolean whole(Type type) {
        return switch (type.layout()) {
            case INT, LONG, DECIMAL -> true;
            case BOOLEAN, DOUBLE, BYTES, ARRAY, STRUCT -> false;
        };
    }

    private static boolean writesArithmetic(Expr.Arithmetic expr) {
        Type type = expr.type();
        Type left = expr.left().type();
        Type right = expr.right().type();
        if (FusedDoubles.holds(type)) {
            return FusedDoubles.writesArithmetic(expr);
        }
        if (expr.operator().ordinal() >= Expr.Operator.DIVIDE.ordinal() || !whole(type)) {
            return false;
        }
        if (type.kind() != Type.Kind.DECIMAL) {
            return left.layout() == type.layout() && right.layout() == type.layout();
        }
        return expr.operator() == Expr.Operator.MULTIPLY
                ? left.scale() + right.scale() == type.scale()
                : left.scale() == type.scale() && right.scale() == type.scale();
    }

    private static boolean writesCompare(Expr.Compare expr) {
        Type left = expr.left().type();
        Type right = expr.right().type();
        return switch (expr.operator()) {
            case DISTINCT, NOT_DISTINCT -> false;
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                    FusedDoubles.holds(left) && FusedDoubles.holds(right)
                            || whole(left) && whole(right) && left.scale() == right.scale();
        };
    }

    private static boolean writesCast(Expr.Cast cast) {
        Type from = cast.input().type();
        Type to = cast.type();
        boolean number = from.isInteger() || from.kind() == Type.Kind.DECIMAL;
        if (!cast.orNull() && FusedDoubles.holds(to)) {
            return FusedDoubles.writesCast(from, to);
        }
        if (cast.orNull() || !number) {
            return false;
        }
        if (to.isInteger()) {
            return from.isInteger() && from.maxInteger() <= to.maxInteger();
        }
        int up = to.scale() - from.scale();
        return to.kind() == Type.Kind.DECIMAL && up >= 0 && up <= 18;
    }

    /** What must stand before the loop. */
    String declarations() {
        return String.join("", declarations);
    }

    String body() {
        return body.toString();
    }

    /** Whether a term that is only counted is not null, as {@link Value#valid}. */
    String validity(Expr expr) {
        int source = terms.source(expr);
        return source >= 0 && forms[source] != Form.NONE ? validity(source) : value(expr).valid();
    }

    Value value(Expr expr) {
        Value value = known.get(expr);
        if (value == null) {
            value = write(expr);
            known.put(expr, value);
        }
        return value;
    }

    private Value write(Expr expr) {
        int source = terms.source(expr);
        if (source >= 0 && forms[source] != Form.NONE) {
            return read(source, expr.type().layout());
        }
        return switch (expr.kind()) {
            case LITERAL -> literal((Expr.Literal) expr);
            case ARITHMETIC -> arithmetic((Expr.Arithmetic) expr);
            case COMPARE -> compare((Expr.Compare) expr);
            case AND -> all(expr.inputs(), "&", "|");
            case OR -> all(expr.inputs(), "|", "&");
            case NOT -> {
                Value input = value(expr.inputs().get(0));
                yield new Value(name("~" + input.value()), input.valid());
            }
            case IS_NULL -> {
                String valid = value(expr.inputs().get(0)).valid();
                yield new Value(valid == null ? "0L" : name("~" + valid), null);
            }
            case CASE -> choice((Expr.Case) expr);
            case CAST -> cast((Expr.Cast) expr);
            case INPUT, IN, LIKE, CALL, MEMBER ->
                    throw new IllegalArgumentException("no loop computes " + expr);
        };
    }

    private String name(String expression) {
        return name("long", expression);
    }

    private String name(String type, String expression) {
        String name = "t" + names++;
        body.append(type + " " + name + " = " + expression + ";\n");
        return name;
    }

    /** A variable for a value of an expression's type. */
    private String name(Type type, String expression) {
        return name(FusedDoubles.holds(type) ? "double" : "long", expression);
    }

    /** Where all of some masks are set; a null one always is, and so may be the answer. */
    String mask(String a, String b) {
        String both = both(a, b);
        return a == null || b == null ? both : name(both);
    }

    /** Where a condition is true, as a mask; null if there is no condition. */
    String truth(Expr condition) {
        if (condition == null) {
            return null;
        }
        Value value = value(condition);
        return mask(value.value(), value.valid());
    }

    private Value read(int source, Type.Layout layout) {
        String array =
                switch (layout) {
                    case INT -> "int[]";
                    case BOOLEAN -> "byte[]";
                    case LONG, DECIMAL -> "long[]";
                    case DOUBLE -> "double[]";
                    case BYTES, ARRAY, STRUCT ->
                            throw new IllegalArgumentException("a loop over " + layout);
                };
        declare(array, "v", source, 0);
        String at = "i";
        if (forms[source].hasIds()) {
            declare("int[]", "d", source, 1);
            at = "d" + source + "[i]";
        }
        String value = "v" + source + "[" + at + "]";
        String valid = validity(source);
        String read =
                switch (layout) {
                    case BOOLEAN -> name("-(long) " + value);
                    case DOUBLE -> name("double", value);
                    default -> name(value);
                };
        return new Value(read, valid);
    }

    private String validity(int source) {
        if (!forms[source].hasNulls()) {
            return null;
        }
        declare("long[]", "b", source, 2);
        return name("-(b" + source + "[i >> 6] >>> i & 1L)");
    }

    private void declare(String array, String name, int source, int part) {
        declarations.add(
                array
                        + " "
                        + name
                        + source
                        + " = ("
                        + array
                        + ") in["
                        + (3 * source + part)
                        + "];\n");
    }

    private Value literal(Expr.Literal literal) {
        boolean floating = FusedDoubles.holds(literal.type());
        if (literal.value() == null) {
            return new Value(floating ? "0.0" : "0L", "0L");
        }
        int number = terms.literal(literal);
        String bits = "literals[" + number + "]";
        declarations.add(
                floating
                        ? "double l" + number + " = Double.longBitsToDouble(" + bits + ");\n"
                        : "long l" + number + " = " + bits + ";\n");
        return new Value("l" + number, null);
    }

    private static String both(String a, String b) {
        return a == null ? b : b == null || a.equals(b) ? a : "(" + a + " & " + b + ")";
    }

    private void note(String word, String what, String valid) {
        body.append(word).append(" |= ");
        body.append(valid == null ? "(" + what + ")" : "(" + what + ") & " + valid).append(";\n");
    }

    private Value arithmetic(Expr.Arithmetic expr) {
        Value left = value(expr.left());
        Value right = value(expr.right());
        String a = left.value();
        String b = right.value();
        String valid = both(left.valid(), right.valid());
        if (FusedDoubles.holds(expr.type())) {
            if (expr.operator() == Expr.Operator.DIVIDE) {
                note("bad", FusedDoubles.isZero(b), valid);
            }
            String value = FusedDoubles.arithmetic(expr.operator(), a, b, expr.type());
            return new Value(name("double", value), valid);
        }
        String r = name(a + " " + expr.operator().symbol() + " " + b);
        if (expr.type().layout() != Type.Layout.INT) {
            switch (expr.operator()) {
                case ADD -> note("bad", "(" + a + " ^ " + r + ") & (" + b + " ^ " + r + ")", valid);
                case SUBTRACT ->
                        note("bad", "(" + a + " ^ " + b + ") & (" + a + " ^ " + r + ")", valid);
                default -> noteProduct(a, b, r, valid);
            }
        }
        noteRange(expr.type(), r, valid);
        return new Value(r, valid);
    }

    private void noteProduct(String a, String b, String r, String valid) {
        note("high", "Math.multiplyHigh(" + a + ", " + b + ") ^ " + r + " >> 63", valid);
    }

    /** Whether a result that is exact in a long is outside of its type. */
    private void noteRange(Type type, String r, String valid) {
        long max;
        long min;
        if (type.layout() == Type.Layout.INT) {
            min = type.isInteger() ? type.minInteger() : Integer.MIN_VALUE;
            max = -(min + 1);
        } else if (type.kind() == Type.Kind.DECIMAL && type.layout() == Type.Layout.LONG) {
            max = BigInteger.TEN.pow(type.precision()).longValueExact() - 1;
            min = -max;
        } else {
            return;
        }
        note("bad", r + " - (" + min + "L) | " + max + "L - " + r, valid);
    }

    private Value cast(Expr.Cast cast) {
        Value input = value(cast.input());
        Type from = cast.input().type();
        Type to = cast.type();
        int up = to.scale() - from.scale();
        if (to.isInteger() || FusedDoubles.holds(from)) {
            return input;
        }
        if (FusedDoubles.holds(to)) {
            String large = FusedDoubles.mayNotConvert(input.value(), from);
            if (large != null) {
                note("bad", large, input.valid());
            }
            String value = FusedDoubles.ofLong(input.value(), from, to);
            return new Value(name("double", value), input.valid());
        }
        String r = input.value();
        if (up > 0) {
            String power = BigInteger.TEN.pow(up) + "L";
            r = name(input.value() + " * " + power);
            noteProduct(input.value(), power, r, input.valid());
        }
        noteRange(to, r, input.valid());
        return new Value(r, input.valid());
    }

    private Value compare(Expr.Compare expr) {
        Value left = value(expr.left());
        Value right = value(expr.right());
        if (FusedDoubles.holds(expr.left().type())) {
            String truth = FusedDoubles.compare(expr.operator(), left.value(), right.value());
            return new Value(name(truth + " ? -1L : 0L"), both(left.valid(), right.valid()));
        }
        String operator =
                switch (expr.operator()) {
                    case EQUAL, NOT_DISTINCT -> "==";
                    case NOT_EQUAL, DISTINCT -> "!=";
                    case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> expr.operator().symbol();
                };
        String truth = left.value() + " " + operator + " " + right.value() + " ? -1L : 0L";
        return new Value(name(truth), both(left.valid(), right.valid()));
    }

    /** AND, or with the operators exchanged OR: null unless one operand decides or none is null. */
    private Value all(List<Expr> inputs, String join, String other) {
        StringBuilder decided = new StringBuilder();
        StringBuilder undecided = new StringBuilder();
        boolean nulls = false;
        boolean and = join.equals("&");
        for (Expr input : inputs) {
            Value value = value(input);
            nulls |= value.valid() != null;
            String known = value.valid() == null ? "" : " & " + value.valid();
            decided.append(decided.isEmpty() ? "" : " " + join + " ");
            undecided.append(undecided.isEmpty() ? "" : " " + other + " ");
            decided.append("(" + value.value() + known + ")");
            undecided.append("(~" + value.value() + known + ")");
        }
        String truth = name(decided.toString());
        if (!nulls) {
            return new Value(truth, null);
        }
        return new Value(truth, name(truth + " | " + (and ? undecided : "(" + undecided + ")")));
    }

    private Value choice(Expr.Case expr) {
        Value chosen = value(expr.otherwise());
        for (int branch = expr.branches() - 1; branch >= 0; branch--) {
            Value condition = value(expr.condition(branch));
            Value value = value(expr.value(branch));
            String hit =
                    condition.valid() == null
                            ? condition.value()
                            : name(condition.value() + " & " + condition.valid());
            String valid = null;
            if (value.valid() != null || chosen.valid() != null) {
                String one = value.valid() == null ? "-1L" : value.valid();
                String rest = chosen.valid() == null ? "-1L" : chosen.valid();
                valid = name(one + " & " + hit + " | " + rest + " & ~" + hit);
            }
            String picked =
                    FusedDoubles.holds(expr.type())
                            ? FusedDoubles.choose(hit, value.value(), chosen.value())
                            : value.value() + " & " + hit + " | " + chosen.value() + " & ~" + hit;
            chosen = new Value(name(expr.type(), picked), valid);
        }
        return chosen;
    }
}
