package org.skep.parser;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.skep.model.error.Position;
import org.skep.parser.grammar.SkepLexer;

/** Finds the statements of a script. */
final class ScriptSplitter {
    private final List<ParsedStatement> statements = new ArrayList<>();
    private final Scanner scanner;
    private Token first;
    private Token last;

    private ScriptSplitter(String text) {
        scanner = new Scanner(text);
    }

    static List<ParsedStatement> split(String text) {
        ScriptSplitter splitter = new ScriptSplitter(text);
        splitter.run();
        return List.copyOf(splitter.statements);
    }

    private void run() {
        for (Token token = scanner.nextToken(); ; token = scanner.nextToken()) {
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
        add(scanner.size() - 1, false);
    }

    private void add(int stop, boolean terminated) {
        Position start = Position.at(first.getLine(), first.getCharPositionInLine() + 1);
        String sql = scanner.text(first.getStartIndex(), stop);
        statements.add(new ParsedStatement(sql, start, terminated));
    }
}
