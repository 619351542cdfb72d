package org.skep.planner.expr;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Expr;
import org.skep.model.spi.FunctionRegistry;
import org.skep.model.spi.FunctionRegistry.Signature;
import org.skep.model.type.Type;

/** Arithmetic and functions of Calcite as ours. */
final class ToCall {
    private final FunctionRegistry registry;

    ToCall(FunctionRegistry registry) {
        this.registry = registry;
    }

    /**
     * @param inputs the converted operands
     * @param type the type of the result
     */
    Expr convert(RexCall call, List<Expr> inputs, Type type) {
        return switch (call.getKind()) {
            case PLUS, CHECKED_PLUS -> arithmetic(Expr.Operator.ADD, inputs, type);
            case MINUS, CHECKED_MINUS -> arithmetic(Expr.Operator.SUBTRACT, inputs, type);
            case TIMES, CHECKED_TIMES -> arithmetic(Expr.Operator.MULTIPLY, inputs, type);
            case DIVIDE, CHECKED_DIVIDE -> divide(inputs);
            case MOD -> remainder(inputs);
            case MINUS_PREFIX -> function("negative", inputs);
            case PLUS_PREFIX -> inputs.get(0);
            case LIKE -> like(call, inputs);
            case RLIKE -> function("rlike", inputs);
            case EXTRACT -> extract(call, inputs);
            case ITEM -> item(inputs, type);
            case ROW -> new Expr.Call("struct", inputs, type);
            case ARRAY_VALUE_CONSTRUCTOR -> new Expr.Call("array", elements(inputs, type), type);
            case MAP_VALUE_CONSTRUCTOR -> function("map", inputs);
            default -> named(call.getOperator().getName().toLowerCase(Locale.ROOT), inputs, type);
        };
    }

    /** Every second argument: the others are names. */
    private static List<Expr> values(List<Expr> inputs) {
        List<Expr> values = new ArrayList<>();
        for (int i = 1; i < inputs.size(); i += 2) {
            values.add(inputs.get(i));
        }
        return values;
    }

    private static List<Expr> elements(List<Expr> inputs, Type array) {
        return inputs.stream().map(input -> Casts.to(input, array.element())).toList();
    }

    private Expr named(String name, List<Expr> inputs, Type type) {
        return switch (name) {
            case "||" -> function("concat", inputs);
            case "div" ->
                    new Expr.Arithmetic(
                            Expr.Operator.INTEGER_DIVIDE,
                            Casts.to(inputs.get(0), Type.BIGINT),
                            Casts.to(inputs.get(1), Type.BIGINT),
                            Type.BIGINT);
            case "if", "iff" -> ifElse(inputs, type);
            case "nvl", "ifnull" -> orElse(inputs, type);
            case "named_struct" -> new Expr.Call("struct", values(inputs), type);
            default -> function(name, inputs);
        };
    }

    /** A call of a registry function, its arguments cast to the parameters. */
    Expr function(String name, List<Expr> inputs) {
        List<Type> types = inputs.stream().map(Expr::type).toList();
        Signature signature =
                registry.scalar(name, types)
                        .orElseThrow(
                                () ->
                                        new QueryException(
                                                ErrorCode.TYPE_MISMATCH,
                                                "no %s(%s)".formatted(name, join(types)),
                                                registry.usages(name).isEmpty()
                                                        ? null
                                                        : "there is "
                                                                + String.join(
                                                                        "; ",
                                                                        registry.usages(name))));
        List<Expr> arguments = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            arguments.add(Casts.to(inputs.get(i), signature.parameters().get(i)));
        }
        return new Expr.Call(signature.name(), arguments, signature.result());
    }

    private static String join(List<Type> types) {
        return String.join(", ", types.stream().map(Type::toString).toList());
    }

    private static Expr ifElse(List<Expr> inputs, Type type) {
        Expr otherwise = inputs.size() > 2 ? inputs.get(2) : new Expr.Literal(null, type);
        return new Expr.Case(
                List.of(
                        Casts.to(inputs.get(0), Type.BOOLEAN),
                        Casts.to(inputs.get(1), type),
                        Casts.to(otherwise, type)),
                type);
    }

    private static Expr orElse(List<Expr> inputs, Type type) {
        return new Expr.Case(
                List.of(
                        new Expr.Not(new Expr.IsNull(inputs.get(0))),
                        Casts.to(inputs.get(0), type),
                        Casts.to(inputs.get(1), type)),
                type);
    }

    private Expr arithmetic(Expr.Operator operator, List<Expr> inputs, Type type) {
        if (!type.isNumeric() || !inputs.stream().allMatch(input -> input.type().isNumeric())) {
            return function(
                    switch (operator) {
                        case ADD -> "plus";
                        case SUBTRACT -> "minus";
                        default -> "times";
                    },
                    inputs);
        }
        Expr left = inputs.get(0);
        Expr right = inputs.get(1);
        if (type.kind() != Type.Kind.DECIMAL) {
            return new Expr.Arithmetic(operator, Casts.to(left, type), Casts.to(right, type), type);
        }
        return switch (operator) {
            case MULTIPLY ->
                    new Expr.Arithmetic(operator, exactDecimal(left), exactDecimal(right), type);
            default ->
                    new Expr.Arithmetic(
                            operator,
                            scaled(left, type.scale()),
                            scaled(right, type.scale()),
                            type);
        };
    }

    /** An exact number as a DECIMAL; a constant as the shortest one that holds it. */
    private static Expr exactDecimal(Expr expr) {
        if (expr.type().kind() == Type.Kind.DECIMAL) {
            return expr;
        }
        return Casts.to(expr, shortest(expr));
    }

    private static Type shortest(Expr expr) {
        if (expr instanceof Expr.Literal literal && literal.value() instanceof Number number) {
            int digits = Long.toString(Math.abs(number.longValue())).length();
            return Type.decimal(Math.max(1, Math.min(digits, 19)), 0);
        }
        return Casts.asDecimal(expr.type());
    }

    private static Expr scaled(Expr expr, int scale) {
        Type exact = expr.type().kind() == Type.Kind.DECIMAL ? expr.type() : shortest(expr);
        if (exact.scale() == scale && exact.equals(expr.type())) {
            return expr;
        }
        int precision = Math.min(Type.MAX_PRECISION, exact.precision() - exact.scale() + scale);
        return Casts.to(expr, Type.decimal(Math.max(1, precision), scale));
    }

    /** A division is of doubles, or of an interval by a number. */
    private Expr divide(List<Expr> inputs) {
        Type left = inputs.get(0).type();
        if (left.kind() == Type.Kind.INTERVAL_DAY || left.kind() == Type.Kind.INTERVAL_MONTH) {
            return function("divide", inputs);
        }
        return new Expr.Arithmetic(
                Expr.Operator.DIVIDE,
                Casts.to(inputs.get(0), Type.DOUBLE),
                Casts.to(inputs.get(1), Type.DOUBLE),
                Type.DOUBLE);
    }

    private Expr remainder(List<Expr> inputs) {
        Type common = Casts.common(inputs.get(0).type(), inputs.get(1).type());
        return new Expr.Arithmetic(
                Expr.Operator.REMAINDER,
                Casts.to(inputs.get(0), common),
                Casts.to(inputs.get(1), common),
                common);
    }

    private Expr like(RexCall call, List<Expr> inputs) {
        boolean caseSensitive =
                !call.getOperator().getName().toUpperCase(Locale.ROOT).contains("ILIKE");
        boolean escaped = inputs.size() > 2;
        Character escape = '\\'; // as in Hive, Spark and Postgres, unless ESCAPE says otherwise
        if (escaped && inputs.get(2) instanceof Expr.Literal literal) {
            String text = String.valueOf(literal.value());
            if (text.length() != 1) {
                throw new QueryException(
                        ErrorCode.INVALID_ARGUMENT,
                        "ESCAPE takes one character, not '%s'".formatted(text),
                        "LIKE '10!%' ESCAPE '!'");
            }
            escape = text.charAt(0);
        }
        Expr value = Casts.to(inputs.get(0), Type.STRING);
        if (inputs.get(1) instanceof Expr.Literal pattern) {
            return pattern.value() == null
                    ? new Expr.Literal(null, Type.BOOLEAN)
                    : new Expr.Like(value, (String) pattern.value(), escape, caseSensitive);
        }
        return function(caseSensitive ? "like" : "ilike", inputs);
    }

    private Expr extract(RexCall call, List<Expr> inputs) {
        Object unit = ((RexLiteral) call.getOperands().get(0)).getValue();
        Expr name = new Expr.Literal(String.valueOf(unit).toLowerCase(Locale.ROOT), Type.STRING);
        String unitName = (String) ((Expr.Literal) name).value();
        return registry.scalar(unitName, List.of(inputs.get(1).type())).isPresent()
                ? function(unitName, List.of(inputs.get(1)))
                : function("date_part", List.of(name, inputs.get(1)));
    }

    private Expr item(List<Expr> inputs, Type type) {
        Expr collection = inputs.get(0);
        if (collection.type().kind() == Type.Kind.STRUCT
                && inputs.get(1) instanceof Expr.Literal literal) {
            List<String> names =
                    collection.type().children().stream().map(field -> field.name()).toList();
            int index =
                    literal.value() instanceof Integer number
                            ? number - 1
                            : indexOf(names, String.valueOf(literal.value()));
            return new Expr.Member(collection, index, type);
        }
        return function(collection.type().kind() == Type.Kind.MAP ? "element_at" : "item", inputs);
    }

    private static int indexOf(List<String> names, String wanted) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(wanted)) {
                return i;
            }
        }
        throw new QueryException(
                ErrorCode.COLUMN_NOT_FOUND,
                "no member '%s' in a struct".formatted(wanted),
                "its members are " + String.join(", ", names));
    }
}
