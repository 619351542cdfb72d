package org.skep.executor.function.scalar;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.skep.executor.function.FunctionLibrary;
import org.skep.model.plan.Expr;
import org.skep.model.spi.FunctionRegistry.Signature;
import org.skep.model.type.Type;

/**
 * Reads the examples of functions: {@code gcd(12, 18) = 6}. Values are numbers, texts in quotes,
 * true, false, NULL, {@code TYPE 'text'} and {@code ARRAY[…]}; calls may be nested.
 */
final class Example {
    private final FunctionLibrary library;
    private final String text;
    private int at;

    Example(FunctionLibrary library, String text) {
        this.library = library;
        this.text = text;
    }

    /** Both sides of the equation. */
    List<Expr> sides() {
        Expr left = expr();
        expect('=');
        Expr right = expr();
        skipSpace();
        if (at < text.length()) {
            throw new IllegalArgumentException("more after the example: " + text.substring(at));
        }
        return List.of(left, right);
    }

    private Expr expr() {
        skipSpace();
        char c = text.charAt(at);
        if (c == '\'') {
            return new Expr.Literal(string(), Type.STRING);
        }
        if (Character.isDigit(c) || c == '-' || c == '.') {
            return number();
        }
        int from = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at))
                        || "_|".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        String word = text.substring(from, at);
        skipSpace();
        switch (word.toLowerCase(Locale.ROOT)) {
            case "null":
                return new Expr.Literal(null, Type.NULL);
            case "true":
            case "false":
                return new Expr.Literal(word.equals("true"), Type.BOOLEAN);
            case "array":
                if (text.charAt(at) == '[') {
                    return call("array", list('[', ']'));
                }
                break;
            default:
                break;
        }
        if (text.charAt(at) == '(' && !isType(word)) {
            return call(word, list('(', ')'));
        }
        int quote = text.indexOf('\'', at);
        Type type = Type.parse(text.substring(from, quote));
        at = quote;
        return new Expr.Cast(new Expr.Literal(string(), Type.STRING), type, false);
    }

    private boolean isType(String word) {
        return word.equals("DECIMAL");
    }

    private List<Expr> list(char open, char close) {
        expect(open);
        List<Expr> inputs = new ArrayList<>();
        skipSpace();
        while (text.charAt(at) != close) {
            if (!inputs.isEmpty()) {
                expect(',');
            }
            inputs.add(expr());
            skipSpace();
        }
        at++;
        return inputs;
    }

    private Expr call(String name, List<Expr> inputs) {
        List<Type> types = inputs.stream().map(Expr::type).toList();
        Signature signature =
                library.scalar(name, types)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "no "
                                                        + name
                                                        + types
                                                        + " but "
                                                        + library.usages(name)));
        List<Expr> cast = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            Type wanted = signature.parameters().get(i);
            cast.add(
                    wanted.equals(types.get(i))
                            ? inputs.get(i)
                            : new Expr.Cast(inputs.get(i), wanted, false));
        }
        return new Expr.Call(signature.name(), cast, signature.result());
    }

    private Expr number() {
        int from = at;
        while (at < text.length() && "-.0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String digits = text.substring(from, at);
        if (!digits.contains(".")) {
            long value = Long.parseLong(digits);
            return value == (int) value
                    ? new Expr.Literal((int) value, Type.INTEGER)
                    : new Expr.Literal(value, Type.BIGINT);
        }
        var decimal = new java.math.BigDecimal(digits);
        return new Expr.Literal(
                decimal,
                Type.decimal(Math.max(decimal.precision(), decimal.scale() + 1), decimal.scale()));
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        for (at++; ; at++) {
            if (text.charAt(at) != '\'') {
                out.append(text.charAt(at));
            } else if (at + 1 < text.length() && text.charAt(at + 1) == '\'') {
                out.append('\'');
                at++;
            } else {
                at++;
                return out.toString();
            }
        }
    }

    private void expect(char wanted) {
        skipSpace();
        if (text.charAt(at) != wanted) {
            throw new IllegalArgumentException("expected " + wanted + " at " + text.substring(at));
        }
        at++;
    }

    private void skipSpace() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }
}
