package org.skep.model.plan;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.skep.model.type.Type;

/**
 * What is computed for each row, as data: resolved, typed, free of SQL and of Calcite. Every
 * operand already has the type that the operator needs; the planner has put the casts in.
 *
 * <p>NULL semantics are SQL's: three-valued logic, and null in, null out for arithmetic, comparison
 * and most functions.
 */
public sealed interface Expr extends Serializable {
    /** One constant per record below; {@code SealedKindsTest} keeps them in step. */
    enum Kind {
        INPUT,
        LITERAL,
        ARITHMETIC,
        COMPARE,
        AND,
        OR,
        NOT,
        IS_NULL,
        CASE,
        IN,
        LIKE,
        CAST,
        CALL,
        MEMBER
    }

    /** The operators of {@link Arithmetic}. */
    enum Operator {
        ADD("+"),
        SUBTRACT("-"),
        MULTIPLY("*"),
        /** Of DOUBLE only. */
        DIVIDE("/"),
        /** Integer division, towards zero; of BIGINT only. */
        INTEGER_DIVIDE("div"),
        /** The remainder, with the sign of the dividend. */
        REMAINDER("%");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }
    }

    /** The operators of {@link Compare}. */
    enum Comparison {
        EQUAL("="),
        NOT_EQUAL("<>"),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">="),
        /** Never null: two nulls are not distinct. */
        DISTINCT("IS DISTINCT FROM"),
        NOT_DISTINCT("IS NOT DISTINCT FROM");

        private final String symbol;

        Comparison(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }

        /** The operator that says the same with the operands exchanged. */
        public Comparison mirrored() {
            return switch (this) {
                case LESS -> GREATER;
                case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
                case GREATER -> LESS;
                case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
                case EQUAL, NOT_EQUAL, DISTINCT, NOT_DISTINCT -> this;
            };
        }
    }

    Kind kind();

    Type type();

    /** The operands, in order. */
    List<Expr> inputs();

    /** This with other operands, as many and of the same types. */
    Expr withInputs(List<Expr> inputs);

    /** Where in the statement it was written; only of what can fail at run time. */
    default Origin origin() {
        return Origin.UNKNOWN;
    }

    /** This as written at a place, unless it already has one or cannot fail. */
    default Expr from(Origin place) {
        return this;
    }

    /** A column of the input. */
    record Input(int column, Type type) implements Expr {
        @Override
        public Kind kind() {
            return Kind.INPUT;
        }

        @Override
        public List<Expr> inputs() {
            return List.of();
        }

        @Override
        public Expr withInputs(List<Expr> inputs) {
            return this;
        }
    }

    /** A constant, in the boxed form of {@code Column.value}; null for NULL. */
    record Literal(Object value, Type type) implements Expr {
        @Override
        public Kind kind() {
            return Kind.LITERAL;
        }

        @Override
        public List<Expr> inputs() {
            return List.of();
        }

        @Override
        public Expr withInputs(List<Expr> inputs) {
            return this;
        }
    }

    /**
     * Arithmetic between numbers. Operands have the result's type, but for DECIMAL: those of ADD,
     * SUBTRACT and REMAINDER have the result's scale and any precision; those of MULTIPLY any
     * precision and scale. Overflow of integers and decimals is an error, division by zero too
     * (integers, decimals and doubles alike).
     */
    record Arithmetic(Operator operator, Expr left, Expr right, Type type, Origin origin)
            implements Expr {
        public Arithmetic(Operator operator, Expr left, Expr right, Type type) {
            this(operator, left, right, type, Origin.UNKNOWN);
        }

        @Override
        public Expr from(Origin place) {
            return new Arithmetic(operator, left, right, type, origin.or(place));
        }

        @Override
        public Kind kind() {
            return Kind.ARITHMETIC;
        }

        @Override
        public List<Expr> inputs() {
            return List.of(left, right);
        }

        @Override
        public Expr withInputs(List<Expr> inputs) {
            return new Arithmetic(operator, inputs.get(0), inputs.get(1), type, origin);
        }
    }

    /** A comparison of two operands of the same type. NaN equals NaN and is greater than all. */
    record Compare(Comparison operator, Expr left, Expr right) implements Expr {
        @Override
        public Kind kind() {
            return Kind.COMPARE;
        }

        @Override
        public Type type() {
            return Type.BOOLEAN;
        }

        @Override
        public List<Expr> inputs() {
            return List.of(left, right);
        }

        @Override
        public Expr withInputs(List<Expr> inputs) {
            return new Compare(operator, inputs.get(0), inputs.get(1));
        }
    }

    /** True when all are; an operand is not evaluated for rows on which an earlier one is false. */
    record And(List<Expr> inputs) implements Expr {
        public And {
            inputs = List.copyOf(inputs);
        }

        @Override
        public Kind kind() {
            return Kind.AND;
        }

        @Override
        public Type type() {
            return Type.BOOLEAN;
        }

        @Override
        public Expr withInputs(List<Expr> inputs) {
            return new And(inputs);
        }
    }

    /** True when one is; an operand is not evaluated for rows on which an earlier one is true. */
    record Or(List<Expr> inputs) implements Expr {
        public Or {
            inputs = List.copyOf(inputs);
        }

        @Override
        public Kind kind() {
            return Kind.OR;
        }

        @Override
        public Type type() {
            return Type.BOOLEAN;
        }

        @Override
        public Expr withInputs(List<Expr> inputs) {
            return new Or(inputs);
        }
    }

    record Not(Expr input) implements Expr {
        @Override
        public Kind kind() {
            return Kind.NOT;
        }

        @Override
        public Type type() {
            return Type.BOOLEAN;
        }

        @Override
        public List<Expr> inputs() {
            return List.of(input);
        }

        @Override
        public Expr withInputs(List<Expr> inputs) {
            return new Not(inputs.get(0));
        }
    }

    record IsNull(Expr input) implements Expr {
        @Override
        public Kind kind() {
            return Kind.IS_NULL;
        }

        @Override
        public Type type() {
            return Type.BOOLEAN;
        }

        @Override
        public List<Expr> inputs() {
            return List.of(input);
        }

        @Override
        public Expr withInputs(List<Expr> inputs) {
            return new IsNull(inputs.get(0));
        }
    }

    /**
     * The value of the first condition that is true, else the last one. {@code inputs} are
     * condition, value, condition, value, …, otherwise. A value is evaluated only for its rows.
     */
    record Case(List<Expr> inputs, Type type) implements Expr {
        public Case {
            inputs = List.copyOf(inputs);
            if (inputs.size() % 2 == 0) {
                throw new IllegalArgumentException("a CASE of %d inputs".formatted(inputs.size()));
            }
        }

        @Override
        public Kind kind() {
            return Kind.CASE;
        }

        public int branches() {
            return inputs.size() / 2;
        }

        public Expr condition(int branch) {
            return inputs.get(2 * branch);
        }

        public Expr value(int branch) {
            return inputs.get(2 * branch + 1);
        }

        public Expr otherwise() {
            return inputs.get(inputs.size() - 1);
        }

        @Override
        public Expr withInputs(List<Expr> inputs) {
            return new Case(inputs, type);
        }
    }

    /** Whether the operand is among constants of its type, none of them null. */
    record In(Expr input, List<Object> values) implements Expr {
        public In {
            values = List.copyOf(values);
        }

        @Override
        public Kind kind() {
            return Kind.IN;
        }

        @Override
        public Type type() {
            return Type.BOOLEAN;
        }

        @Override
        public List<Expr> inputs() {
            return List.of(input);
        }

        @Override
        public Expr withInputs(List<Expr> inputs) {
            return new In(inputs.get(0), values);
        }
    }

    /**
     * SQL's LIKE (ILIKE when not case-sensitive) with a constant pattern.
     *
     * @param escape the escape character, or null for none
     */
    record Like(Expr input, String pattern, Character escape, boolean caseSensitive)
            implements Expr {
        @Override
        public Kind kind() {
            return Kind.LIKE;
        }

        @Override
        public Type type() {
            return Type.BOOLEAN;
        }

        @Override
        public List<Expr> inputs() {
            return List.of(input);
        }

        @Override
        public Expr withInputs(List<Expr> inputs) {
            return new Like(inputs.get(0), pattern, escape, caseSensitive);
        }
    }

    /**
     * The operand as another type.
     *
     * @param orNull whether a value that does not convert becomes null (TRY_CAST), not an error
     */
    record Cast(Expr input, Type type, boolean orNull, Origin origin) implements Expr {
        public Cast(Expr input, Type type, boolean orNull) {
            this(input, type, orNull, Origin.UNKNOWN);
        }

        @Override
        public Expr from(Origin place) {
            return new Cast(input, type, orNull, origin.or(place));
        }

        @Override
        public Kind kind() {
            return Kind.CAST;
        }

        @Override
        public List<Expr> inputs() {
            return List.of(input);
        }

        @Override
        public Expr withInputs(List<Expr> inputs) {
            return new Cast(inputs.get(0), type, orNull, origin);
        }
    }

    /** A function of the registry, found again by its name and the types of its operands. */
    record Call(String function, List<Expr> inputs, Type type, Origin origin) implements Expr {
        public Call {
            inputs = List.copyOf(inputs);
        }

        public Call(String function, List<Expr> inputs, Type type) {
            this(function, inputs, type, Origin.UNKNOWN);
        }

        @Override
        public Expr from(Origin place) {
            return new Call(function, inputs, type, origin.or(place));
        }

        @Override
        public Kind kind() {
            return Kind.CALL;
        }

        @Override
        public Expr withInputs(List<Expr> inputs) {
            return new Call(function, inputs, type, origin);
        }
    }

    /** A member of a struct; null when the struct is. */
    record Member(Expr input, int member, Type type) implements Expr {
        @Override
        public Kind kind() {
            return Kind.MEMBER;
        }

        @Override
        public List<Expr> inputs() {
            return List.of(input);
        }

        @Override
        public Expr withInputs(List<Expr> inputs) {
            return new Member(inputs.get(0), member, type);
        }
    }

    /** The columns that are read, ascending, each once. */
    default int[] columns() {
        return columnStream(this).sorted().distinct().mapToInt(Integer::intValue).toArray();
    }

    private static Stream<Integer> columnStream(Expr expr) {
        return expr instanceof Input input
                ? Stream.of(input.column())
                : expr.inputs().stream().flatMap(Expr::columnStream);
    }

    /** This with column {@code i} replaced by column {@code columns[i]}. */
    default Expr remap(int[] columns) {
        if (this instanceof Input input) {
            return new Input(columns[input.column()], input.type());
        }
        return withInputs(inputs().stream().map(input -> input.remap(columns)).toList());
    }

    /** The conjuncts of a condition: those of an AND, at any depth, else the condition itself. */
    static List<Expr> conjuncts(Expr condition) {
        List<Expr> all = new ArrayList<>();
        if (condition instanceof And and) {
            and.inputs().forEach(input -> all.addAll(conjuncts(input)));
        } else if (condition != null) {
            all.add(condition);
        }
        return all;
    }

    /** The condition that all of {@code conjuncts} hold; null for none. */
    static Expr conjunction(List<Expr> conjuncts) {
        return switch (conjuncts.size()) {
            case 0 -> null;
            case 1 -> conjuncts.get(0);
            default -> new And(conjuncts);
        };
    }
}
