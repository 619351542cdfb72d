package org.skep.tests.slt;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Runs the blocks of a file one after the other on one connection. */
final class SltRun {
    private final Connection connection;
    private final Map<String, String> variables;

    SltRun(Connection connection, Map<String, String> variables) {
        this.connection = connection;
        this.variables = variables;
    }

    /** What a statement gives; its variables are filled in, and put back into the rows. */
    Outcome outcome(String sql) {
        try (Statement statement = connection.createStatement()) {
            if (!statement.execute(filled(sql))) {
                return Outcome.nothing();
            }
            Outcome found = Outcome.of(statement.getResultSet());
            List<List<String>> rows = new ArrayList<>();
            found.rows().forEach(row -> rows.add(row.stream().map(this::portable).toList()));
            return new Outcome(null, found.types(), rows);
        } catch (SQLException e) {
            return Outcome.failed(e);
        }
    }

    private String filled(String sql) {
        String text = sql;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            text = text.replace("${" + variable.getKey() + "}", variable.getValue());
        }
        return text;
    }

    private String portable(String value) {
        String text = value;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            text = text.replace(variable.getValue(), "${" + variable.getKey() + "}");
        }
        return text;
    }

    /** What differs from the file in a block; null when nothing does. */
    String difference(Block block) {
        Outcome outcome = outcome(block.sql());
        String difference =
                switch (block.kind()) {
                    case OK -> unexpected(outcome);
                    case ERROR -> error(block, outcome);
                    case QUERY -> rows(block, outcome);
                };
        return difference == null
                ? null
                : "line %d: %s%n%s".formatted(block.line(), difference, block.sql().indent(4));
    }

    private static String unexpected(Outcome outcome) {
        return outcome.error() == null ? null : outcome.error().getMessage();
    }

    private static String error(Block block, Outcome outcome) {
        if (outcome.error() == null) {
            return "no error, but " + outcome.lines(Block.Sort.NOSORT);
        }
        String message = outcome.error().getMessage();
        if (!outcome.code().equals(block.word(0))) {
            return "not %s but %s".formatted(block.word(0), message);
        }
        String expression = pattern(block);
        return Pattern.compile(expression).matcher(message).find()
                ? null
                : "'%s' is not found in %s".formatted(expression, message);
    }

    private static String pattern(Block block) {
        return String.join(" ", block.words().subList(1, block.words().size()));
    }

    private static String rows(Block block, Outcome outcome) {
        if (outcome.error() != null) {
            return outcome.error().getMessage();
        }
        if (!outcome.types().equals(block.word(0))) {
            return "types are %s, not %s".formatted(outcome.types(), block.word(0));
        }
        List<String> lines = outcome.lines(block.sort());
        if (lines.equals(block.expected()) || outcome.values().equals(block.expected())) {
            return null;
        }
        return "expected%n%sbut got%n%s"
                .formatted(
                        String.join("\n", block.expected()).indent(4),
                        String.join("\n", lines).indent(4));
    }

    /** The block with what its statement gives now. */
    Block filledIn(Block block) {
        Outcome outcome = outcome(block.sql());
        List<String> words = new ArrayList<>(block.words());
        boolean failed = outcome.error() != null;
        if (block.kind() == Block.Kind.ERROR && failed) {
            words = new ArrayList<>(words.isEmpty() ? List.of("") : words);
            words.set(0, outcome.code());
        }
        if (block.kind() != Block.Kind.QUERY || failed) {
            return new Block(block.line(), block.kind(), words, block.sql(), block.expected());
        }
        Block.Sort sort = block.sort();
        words.clear();
        words.add(outcome.types());
        if (sort != Block.Sort.NOSORT) {
            words.add(sort.name().toLowerCase(java.util.Locale.ROOT));
        }
        return new Block(block.line(), block.kind(), words, block.sql(), outcome.lines(sort));
    }
}
