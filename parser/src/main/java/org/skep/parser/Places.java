package org.skep.parser;

import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.Position;
import org.skep.model.error.QueryException;

/** Where tokens and rules stand, for Calcite (SqlParserPos) and for us (Position). */
final class Places {
    private Places() {}

    static SqlParserPos of(ParserRuleContext rule) {
        return between(rule.getStart(), rule.getStop());
    }

    static SqlParserPos of(Token token) {
        return between(token, token);
    }

    static SqlParserPos between(Token first, Token last) {
        Token end = last == null || last.getStopIndex() < first.getStartIndex() ? first : last;
        Position place = position(first).to(position(end));
        return new SqlParserPos(place.line(), place.column(), place.endLine(), place.endColumn());
    }

    static Position position(ParserRuleContext rule) {
        return position(of(rule));
    }

    static Position position(SqlParserPos place) {
        return new Position(
                place.getLineNum(),
                place.getColumnNum(),
                place.getEndLineNum(),
                place.getEndColumnNum());
    }

    static Position position(Token token) {
        int line = token.getLine();
        int column = token.getCharPositionInLine() + 1;
        int length = token.getStopIndex() - token.getStartIndex() + 1;
        if (token.getType() == Token.EOF || length < 1) {
            return Position.at(line, column);
        }
        int endLine = line;
        int endColumn = column + length - 1;
        if (length > 1 && Tokens.mayHoldLineBreaks(token)) {
            String text = token.getText();
            int lastBreak = text.lastIndexOf('\n');
            if (lastBreak >= 0) {
                endLine += (int) text.chars().filter(c -> c == '\n').count();
                endColumn = Math.max(1, text.codePointCount(lastBreak + 1, text.length()));
            }
        }
        return new Position(line, column, endLine, endColumn);
    }

    static QueryException syntaxError(SqlParserPos place, String message, String hint) {
        return new QueryException(ErrorCode.SYNTAX_ERROR, position(place), message, hint);
    }

    static QueryException notSupported(SqlParserPos place, String what, String hint) {
        String message = what + " is not supported";
        return new QueryException(ErrorCode.NOT_SUPPORTED, position(place), message, hint);
    }
}
