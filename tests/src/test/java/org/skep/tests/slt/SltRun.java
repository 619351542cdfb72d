package org.skep.tests.slt;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Runs the blocks of a file one after the other on one connection. */
final class SltRun {
    private final Connection connection;
    private final Map<String, String> variables;

    SltRun(Connection connection, Map<String, String> variables) {
        this.connection = connection;
        this.variables = new LinkedHashMap<>(variables);
    }

    /** What a statement gives; its variables are filled in, and put back into the rows. */
    private Outcome outcome(String sql, Block.Kind kind) {
        try (Statement statement = connection.createStatement()) {
            if (!statement.execute(filled(sql))) {
                return Outcome.nothing();
            }
            Outcome found = Outcome.of(statement.getResultSet());
            if (kind == Block.Kind.LET) {
                return found;
            }
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
        List<String> longestFirst = new ArrayList<>(variables.keySet());
        longestFirst.sort(Comparator.comparing(name -> -variables.get(name).length()));
        for (String variable : longestFirst) {
            text = text.replace(variables.get(variable), "${" + variable + "}");
        }
        return text;
    }

    /** What differs, block by block, from what a file expects. */
    List<String> differences(SltFile file) throws SQLException {
        List<String> differences = new ArrayList<>();
        for (Block block : file.blocks()) {
            String difference = difference(block);
            if (difference != null) {
                differences.add(difference);
            }
        }
        return differences;
    }

    /** What differs from the file in a block; null when nothing does. */
    String difference(Block block) {
        Outcome outcome = outcome(block.sql(), block.kind());
        String difference =
                switch (block.kind()) {
                    case OK -> unexpected(outcome);
                    case ERROR -> error(block, outcome);
                    case QUERY -> rows(block, outcome);
                    case LET -> keep(block, outcome);
                };
        return difference == null
                ? null
                : "line %d: %s%n%s".formatted(block.line(), difference, block.sql().indent(4));
    }

    /** Takes the last row's values for variables, from then on; those named _ are left. */
    private String keep(Block block, Outcome outcome) {
        if (outcome.error() != null || outcome.rows().isEmpty()) {
            return outcome.error() == null ? "no rows" : outcome.error().getMessage();
        }
        List<String> row = outcome.rows().get(outcome.rows().size() - 1);
        for (int i = 0; i < block.words().size(); i++) {
            if (!block.word(i).equals("_")) {
                variables.put(block.word(i), row.get(i));
            }
        }
        return null;
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
        Outcome outcome = outcome(block.sql(), block.kind());
        if (block.kind() == Block.Kind.LET) {
            keep(block, outcome);
        }
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
