package org.skep.parser;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.Interval;
import org.skep.model.error.Position;
import org.skep.parser.grammar.SkepLexer;

/** Finds the statements of a script. */
final class ScriptSplitter {
    private final List<ParsedStatement> statements = new ArrayList<>();
    private final SkepLexer lexer;
    private Token first;
    private Token last;

    private ScriptSplitter(String text) {
        lexer = Tokens.lexer(text);
    }

    static List<ParsedStatement> split(String text) {
        ScriptSplitter splitter = new ScriptSplitter(text);
        splitter.run();
        return List.copyOf(splitter.statements);
    }

    private void run() {
        for (Token token = lexer.nextToken(); ; token = lexer.nextToken()) {
            if (token.getType() == Token.EOF) {
                end(false);
                return;
            }
            if (token.getType() == SkepLexer.SEMICOLON) {
                end(true);
            } else if (ScanErrors.isOpen(token.getType())) {
                rest(token);
                return;
            } else {
                first = first == null ? token : first;
                last = token;
            }
        }
    }

    private void end(boolean terminated) {
        if (first != null) {
            add(last.getStopIndex(), terminated);
        }
        first = null;
    }

    private void rest(Token open) {
        first = first == null ? open : first;
        add(lexer.getInputStream().size() - 1, false);
    }

    private void add(int stop, boolean terminated) {
        CharStream text = lexer.getInputStream();
        Position start = Position.at(first.getLine(), first.getCharPositionInLine() + 1);
        String sql = text.getText(Interval.of(first.getStartIndex(), stop));
        statements.add(new ParsedStatement(sql, start, terminated));
    }
}
