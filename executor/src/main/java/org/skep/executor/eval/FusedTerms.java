package org.skep.executor.eval;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.skep.model.plan.Expr;
import org.skep.model.type.Type;

/**
 * What a {@link FusedLoop} computes: the terms, and what their expressions are made of. Their
 * sources are columns of the batch and expressions of one such column, which may be computed per
 * entry of a dictionary; their literals are parameters.
 */
final class FusedTerms {
    /**
     * Something that a loop may read.
     *
     * @param evaluator null for a column itself
     * @param inLoop whether the loop can compute it from the column instead
     * @param base the source that is the column
     */
    record Source(Expr expr, int column, Evaluator evaluator, boolean inLoop, int base) {}

    private final List<FusedTerm> terms;
    private final int[] slots;
    private final List<Source> sources = new ArrayList<>();
    private final Map<Expr, Integer> sourceOf = new HashMap<>();
    private final Map<Expr, Integer> literalOf = new HashMap<>();
    private final List<Integer> direct = new ArrayList<>();
    private long[] literals = {};
    private int longs = 1; // the number of rows comes first
    private int doubles;
    private int bests;

    FusedTerms(List<FusedTerm> terms) {
        this.terms = List.copyOf(terms);
        slots = new int[terms.size()];
        for (int number = 0; number < slots.length; number++) {
            FusedTerm term = terms.get(number);
            switch (term.place()) {
                case NOWHERE, COLUMNS -> slots[number] = -1;
                case LONGS -> slots[number] = longs++;
                case SUMMED_DOUBLES -> {
                    slots[number] = doubles;
                    doubles += 2;
                }
                case BEST_DOUBLES -> slots[number] = doubles++;
                case BEST_LONGS -> slots[number] = bests++;
            }
            if (term.value() != null) {
                collect(term.value());
            }
            if (term.filter() != null) {
                collect(term.filter());
            }
        }
    }

    /** Whether a loop can compute an expression of which the values are wanted. */
    static boolean takes(Expr expr) {
        return switch (expr.kind()) {
            case INPUT -> isNumber(expr.type());
            case LITERAL -> isNumber(expr.type()) && fits((Expr.Literal) expr);
            case ARITHMETIC, COMPARE, AND, OR, NOT, IS_NULL, CASE, CAST, IN, LIKE, CALL, MEMBER ->
                    isSource(expr)
                            || FusedExpressions.writes(expr)
                                    && expr.inputs().stream().allMatch(FusedTerms::takes);
        };
    }

    private static boolean isSource(Expr expr) {
        return expr.columns().length == 1 && isNumber(expr.type()) && Traits.deterministic(expr);
    }

    /** Whether values are longs, or may well be, or doubles, or booleans. */
    private static boolean isNumber(Type type) {
        return switch (type.layout()) {
            case BOOLEAN, INT, LONG, DECIMAL, DOUBLE -> true;
            case BYTES, ARRAY, STRUCT -> false;
        };
    }

    private static boolean fits(Expr.Literal literal) {
        return !(literal.value() instanceof BigDecimal decimal)
                || decimal.unscaledValue().bitLength() < 64
                        && decimal.scale() == literal.type().scale();
    }

    private void collect(Expr expr) {
        if (expr instanceof Expr.Literal literal) {
            literal(literal);
        } else if (expr instanceof Expr.Input input) {
            direct.add(base(input));
        } else if (isSource(expr)) {
            boolean inLoop = writesAll(expr);
            if (!sourceOf.containsKey(expr)) {
                int column = expr.columns()[0];
                int base = inLoop ? leaves(expr) : -1;
                Evaluator evaluator = Expressions.evaluator(expr);
                sourceOf.put(expr, sources.size());
                sources.add(new Source(expr, column, evaluator, inLoop, base));
            }
        } else {
            expr.inputs().forEach(this::collect);
        }
    }

    /** Whether a loop can compute an expression from its columns alone. */
    static boolean writesAll(Expr expr) {
        return switch (expr.kind()) {
            case INPUT, LITERAL -> takes(expr);
            case ARITHMETIC, COMPARE, AND, OR, NOT, IS_NULL, CASE, CAST, IN, LIKE, CALL, MEMBER ->
                    FusedExpressions.writes(expr)
                            && expr.inputs().stream().allMatch(FusedTerms::writesAll);
        };
    }

    /** Makes the column and the literals of an expression known; gives the column's source. */
    private int leaves(Expr expr) {
        if (expr instanceof Expr.Literal literal) {
            literal(literal);
        }
        int base = expr instanceof Expr.Input input ? base(input) : -1;
        for (Expr input : expr.inputs()) {
            base = Math.max(base, leaves(input));
        }
        return base;
    }

    private int base(Expr.Input input) {
        Integer known = sourceOf.putIfAbsent(input, sources.size());
        if (known != null) {
            return known;
        }
        sources.add(new Source(input, input.column(), null, false, -1));
        return sources.size() - 1;
    }

    private void literal(Expr.Literal literal) {
        if (literal.value() != null && literalOf.putIfAbsent(literal, literals.length) == null) {
            literals = Arrays.copyOf(literals, literals.length + 1);
            literals[literals.length - 1] = number(literal);
        }
    }

    private static long number(Expr.Literal literal) {
        Object value = literal.value();
        if (FusedDoubles.holds(literal.type())) {
            double number = ((Number) value).doubleValue();
            boolean single = literal.type().kind() == Type.Kind.FLOAT;
            return Double.doubleToRawLongBits(single ? (float) number : number);
        }
        if (value instanceof Boolean truth) {
            return truth ? -1 : 0;
        }
        return value instanceof BigDecimal decimal
                ? decimal.unscaledValue().longValueExact()
                : ((Number) value).longValue();
    }

    int size() {
        return terms.size();
    }

    /** Whether rows are folded, not only written. */
    boolean folds() {
        return terms.isEmpty() || terms.get(0).fold() != FusedTerm.Fold.COLUMN;
    }

    FusedTerm term(int term) {
        return terms.get(term);
    }

    /** Where in its group's row of {@link FusedTerm#place} a term is kept, or -1. */
    int slot(int term) {
        return slots[term];
    }

    /** How many longs of {@link FusedState#longs} a group has: a power of two, or cache lines. */
    int stride() {
        return longs <= 8 ? Math.max(1, Integer.highestOneBit(2 * longs - 1)) : (longs + 7) / 8 * 8;
    }

    /** How many doubles a group has. */
    int doubles() {
        return doubles;
    }

    /** How many longs of {@link FusedState#bests} a group has. */
    int bests() {
        return bests;
    }

    List<Source> sources() {
        return sources;
    }

    /** Columns that are read as they are, whatever form others come in. */
    List<Integer> direct() {
        return direct;
    }

    /** The number of the source that an expression is, or -1. */
    int source(Expr expr) {
        return sourceOf.getOrDefault(expr, -1);
    }

    int literal(Expr expr) {
        return literalOf.get(expr);
    }

    long[] literals() {
        return literals;
    }
}
