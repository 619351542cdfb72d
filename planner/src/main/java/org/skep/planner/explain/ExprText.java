package org.skep.planner.explain;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.skep.model.plan.Expr;
import org.skep.model.type.Type;

/** Expressions as a reader of a plan wants to see them: columns by name, no casts of constants. */
final class ExprText {
    private static final int MAX_VALUES = 10;

    private final List<String> names;

    /**
     * @param names of the input's columns
     */
    ExprText(List<String> names) {
        this.names = names;
    }

    String all(List<Expr> exprs) {
        return exprs.stream().map(this::text).collect(Collectors.joining(", "));
    }

    String text(Expr expr) {
        return switch (expr.kind()) {
            case INPUT -> name(((Expr.Input) expr).column());
            case LITERAL -> literal(((Expr.Literal) expr).value(), expr.type());
            case ARITHMETIC -> {
                Expr.Arithmetic arithmetic = (Expr.Arithmetic) expr;
                yield binary(arithmetic.left(), arithmetic.operator().symbol(), arithmetic.right());
            }
            case COMPARE -> {
                Expr.Compare compare = (Expr.Compare) expr;
                yield binary(compare.left(), compare.operator().symbol(), compare.right());
            }
            case AND -> joined(expr, " AND ");
            case OR -> joined(expr, " OR ");
            case NOT -> not((Expr.Not) expr);
            case IS_NULL -> inner(expr.inputs().get(0)) + " IS NULL";
            case CASE -> caseText((Expr.Case) expr);
            case IN -> {
                Expr.In in = (Expr.In) expr;
                yield inner(in.input()) + " IN (" + values(in) + ")";
            }
            case LIKE -> {
                Expr.Like like = (Expr.Like) expr;
                String operator = like.caseSensitive() ? " LIKE " : " ILIKE ";
                yield inner(like.input()) + operator + quoted(like.pattern());
            }
            case CAST -> {
                Expr.Cast cast = (Expr.Cast) expr;
                String name = cast.orNull() ? "TRY_CAST(" : "CAST(";
                yield name + text(cast.input()) + " AS " + cast.type() + ")";
            }
            case CALL -> ((Expr.Call) expr).function() + "(" + all(expr.inputs()) + ")";
            case MEMBER -> {
                Expr.Member member = (Expr.Member) expr;
                Type struct = member.input().type();
                yield inner(member.input()) + "." + struct.children().get(member.member()).name();
            }
        };
    }

    String name(int column) {
        return column < names.size() ? names.get(column) : "$" + column;
    }

    private String binary(Expr left, String operator, Expr right) {
        return inner(left) + " " + operator + " " + inner(right);
    }

    private String joined(Expr expr, String word) {
        return expr.inputs().stream().map(this::inner).collect(Collectors.joining(word));
    }

    private String not(Expr.Not not) {
        return not.input() instanceof Expr.IsNull isNull
                ? inner(isNull.input()) + " IS NOT NULL"
                : "NOT " + inner(not.input());
    }

    /** In parentheses when it is made of parts. */
    private String inner(Expr expr) {
        return switch (expr.kind()) {
            case ARITHMETIC, COMPARE, AND, OR, NOT, IS_NULL, IN, LIKE -> "(" + text(expr) + ")";
            case INPUT, LITERAL, CASE, CAST, CALL, MEMBER -> text(expr);
        };
    }

    private String caseText(Expr.Case expr) {
        StringBuilder out = new StringBuilder("CASE");
        for (int i = 0; i < expr.branches(); i++) {
            out.append(" WHEN ")
                    .append(text(expr.condition(i)))
                    .append(" THEN ")
                    .append(text(expr.value(i)));
        }
        return out.append(" ELSE ").append(text(expr.otherwise())).append(" END").toString();
    }

    private String values(Expr.In in) {
        String shown =
                in.values().stream()
                        .limit(MAX_VALUES)
                        .map(value -> literal(value, in.input().type()))
                        .collect(Collectors.joining(", "));
        int more = in.values().size() - MAX_VALUES;
        return more > 0 ? shown + ", … " + more + " more" : shown;
    }

    static String literal(Object value, Type type) {
        if (value == null) {
            return "NULL";
        }
        return switch (type.kind()) {
            case STRING -> quoted((String) value);
            case DATE -> "DATE '" + LocalDate.ofEpochDay((Integer) value) + "'";
            case TIMESTAMP -> {
                Instant instant = Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS);
                LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
                yield "TIMESTAMP '" + time.toString().replace('T', ' ') + "'";
            }
            case INTERVAL_MONTH -> "INTERVAL '" + value + "' MONTH";
            case INTERVAL_DAY ->
                    "INTERVAL '"
                            + BigDecimal.valueOf((Long) value, 6)
                                    .stripTrailingZeros()
                                    .toPlainString()
                            + "' SECOND";
            case BINARY -> "X'" + java.util.HexFormat.of().formatHex((byte[]) value) + "'";
            case DECIMAL -> ((BigDecimal) value).toPlainString();
            default -> value.toString();
        };
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
