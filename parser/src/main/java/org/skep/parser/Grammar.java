package org.skep.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.skep.parser.grammar.SkepParser;

/** Runs the ANTLR grammar: fast prediction first, thorough prediction when that fails. */
final class Grammar {
    private Grammar() {}

    static SkepParser.SingleStatementContext statement(Tokens tokens) {
        return parse(tokens, SkepParser::singleStatement);
    }

    static SkepParser.SingleExpressionContext expression(Tokens tokens) {
        return parse(tokens, SkepParser::singleExpression);
    }

    private static <T> T parse(Tokens tokens, Function<SkepParser, T> rule) {
        SkepParser parser = parser(tokens.list());
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        parser.setErrorHandler(new BailErrorStrategy());
        try {
            return rule.apply(parser);
        } catch (ParseCancellationException e) {
            return thorough(tokens, rule);
        }
    }

    private static <T> T thorough(Tokens tokens, Function<SkepParser, T> rule) {
        SkepParser parser = parser(tokens.list());
        parser.setErrorHandler(new FirstError());
        try {
            return rule.apply(parser);
        } catch (Failure failure) {
            throw new SyntaxErrors(tokens.list(), other -> failure(other, rule)).explain(failure);
        }
    }

    /** The first error in other tokens, or null if there is none. */
    private static Failure failure(List<CommonToken> tokens, Function<SkepParser, ?> rule) {
        List<CommonToken> copies = new ArrayList<>(tokens.size());
        for (CommonToken token : tokens) {
            CommonToken copy = new CommonToken(token);
            copy.setTokenIndex(copies.size());
            copies.add(copy);
        }
        SkepParser parser = parser(copies);
        parser.setErrorHandler(new FirstError());
        try {
            Object unused = rule.apply(parser);
            return null;
        } catch (Failure failure) {
            return failure;
        }
    }

    private static SkepParser parser(List<CommonToken> tokens) {
        SkepParser parser = new SkepParser(new CommonTokenStream(new ListTokenSource(tokens)));
        parser.removeErrorListeners();
        return parser;
    }

    /** A syntax error: the token that does not fit and what would. */
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Token token;
        private final transient IntervalSet expected;

        private Failure(Token token, IntervalSet expected) {
            super(null, null, false, false);
            this.token = token;
            this.expected = expected;
        }

        Token token() {
            return token;
        }

        IntervalSet expected() {
            return expected;
        }
    }

    /** Throws on the first error instead of mending it. */
    private static final class FirstError extends DefaultErrorStrategy {
        @Override
        public void recover(Parser parser, RecognitionException e) {
            throw failure(parser, e);
        }

        @Override
        public Token recoverInline(Parser parser) {
            throw failure(parser, new InputMismatchException(parser));
        }

        @Override
        public void reportError(Parser parser, RecognitionException e) {
            throw failure(parser, e);
        }

        @Override
        public void sync(Parser parser) {
            // errors show when a token is matched: nothing to look ahead for
        }

        private static Failure failure(Parser parser, RecognitionException e) {
            Token offending = e.getOffendingToken();
            boolean ahead =
                    e instanceof NoViableAltException prediction
                            && prediction.getStartToken() != offending;
            // Prediction may fail tokens ahead; what fits there is known only where it began.
            IntervalSet expected = ahead ? new IntervalSet() : parser.getExpectedTokens();
            return new Failure(offending, expected);
        }
    }
}
