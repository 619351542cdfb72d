package org.skep.shell.interactive;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.skep.shell.command.Commands;

/** Completes commands, keywords, tables, columns, functions, and paths inside quotes. */
final class SqlCompleter implements Completer {
    private final List<String> keywords;
    private final List<String> functions;
    private final KnownNames names;

    SqlCompleter(List<String> keywords, List<String> functions, KnownNames names) {
        this.keywords = keywords;
        this.functions = functions;
        this.names = names;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String before = line.line().substring(0, line.cursor());
        String word = line.word();
        if (insideQuotes(before)) {
            paths(word, candidates);
        } else if (word.startsWith("\\")) {
            Commands.names().forEach(name -> add(candidates, name, "command"));
        } else {
            try {
                names(line.line(), word, candidates);
            } catch (SQLException e) {
                return; // completion offers nothing; the statement itself will say what is wrong
            }
        }
    }

    private static boolean insideQuotes(String before) {
        List<SqlScanner.Piece> pieces = SqlScanner.pieces(before);
        if (pieces.isEmpty()) {
            return false;
        }
        SqlScanner.Piece last = pieces.get(pieces.size() - 1);
        return !last.closed() && last.kind() != SqlScanner.Kind.COMMENT;
    }

    private void names(String statement, String word, List<Candidate> candidates)
            throws SQLException {
        int dot = word.lastIndexOf('.');
        if (dot > 0) {
            String qualifier = word.substring(0, dot);
            for (String column : names.columns(qualifier)) {
                add(candidates, qualifier + "." + column, "column");
            }
            return;
        }
        for (String table : names.tables()) {
            add(candidates, table, "table");
        }
        for (SqlScanner.Piece piece : SqlScanner.pieces(statement)) {
            if (piece.kind() == SqlScanner.Kind.WORD) {
                String table = statement.substring(piece.start(), piece.end());
                for (String column : names.columns(table)) {
                    add(candidates, column, "column");
                }
            }
        }
        functions.forEach(function -> add(candidates, function, "function"));
        boolean lower = !word.isEmpty() && Character.isLowerCase(word.charAt(0));
        for (String keyword : keywords) {
            add(candidates, lower ? keyword.toLowerCase(Locale.ROOT) : keyword, "keyword");
        }
    }

    private static void add(List<Candidate> candidates, String value, String group) {
        candidates.add(new Candidate(value, value, group, null, null, null, true));
    }

    private static void paths(String typed, List<Candidate> candidates) {
        int slash = typed.lastIndexOf('/');
        String folder = typed.substring(0, slash + 1);
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(Path.of(folder.isEmpty() ? "." : folder))) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                found.add(folder + name + (Files.isDirectory(entry) ? "/" : ""));
            }
        } catch (IOException | InvalidPathException e) {
            return; // no such folder: nothing to offer
        }
        for (String path : found) {
            boolean file = !path.endsWith("/");
            candidates.add(new Candidate(path, path, null, null, null, null, file));
        }
    }
}
