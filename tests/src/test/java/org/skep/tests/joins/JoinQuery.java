package org.skep.tests.joins;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A random tree of joins of two to seven tables: inner, outer, semi- and anti-joins, on conditions
 * that reject nulls or do not, that read two tables or more, with a WHERE or without. The same for
 * the same seed and number.
 */
final class JoinQuery {
    private static final List<String> COLUMNS = List.of("a", "b", "c", "d");

    private static final Pattern ALIAS = Pattern.compile("AS ([rq]\\d+)");
    private static final Pattern SELECT = Pattern.compile("SELECT ");

    private final Random random;

    /** Whether outer joins are the rule, on conditions that are true of nulls too. */
    private final boolean outer;

    private int tables;
    private int derived;

    private JoinQuery(long seed, long number) {
        this.random = new Random((seed * 0x9E3779B97F4A7C15L + number) * 0xBF58476D1CE4E5B9L);
        random.nextLong(); // neighbouring seeds begin alike
        this.outer = chance(50);
    }

    /**
     * A part of FROM.
     *
     * @param columns that can be asked, with the table's name before them
     */
    private record Part(String from, List<String> columns) {}

    static String of(long seed, long number) {
        return new JoinQuery(seed, number).query();
    }

    /** The same query with a few hints in each of its blocks, not all of which can be followed. */
    static String hinted(String sql, long seed, long number) {
        JoinQuery dice = new JoinQuery(seed, number);
        List<String> names =
                ALIAS.matcher(sql).results().map(alias -> alias.group(1)).distinct().toList();
        return SELECT.matcher(sql).replaceAll(select -> "SELECT /*+ " + dice.hints(names) + " */ ");
    }

    private String hints(List<String> names) {
        List<String> hints = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            String hint = pick("BROADCAST", "MERGE", "SHUFFLE_HASH", "STREAMTABLE");
            hints.add("%s(%s, %s)".formatted(hint, pick(names), pick(names)));
        }
        return String.join(", ", hints);
    }

    private String query() {
        Part all = tree(2 + random.nextInt(6));
        String where = chance(40) ? " WHERE " + conditions(all.columns, all.columns, 40) : "";
        List<String> wanted = new ArrayList<>();
        for (String column : all.columns) {
            if (chance(60)) {
                wanted.add(column);
            }
        }
        if (wanted.isEmpty()) {
            wanted.add(all.columns.get(0));
        }
        if (chance(15)) {
            String sums =
                    wanted.stream()
                            .map(column -> "sum(%s), count(%s)".formatted(column, column))
                            .collect(Collectors.joining(", "));
            return "SELECT count(*), %s FROM %s%s".formatted(sums, all.from, where);
        }
        return "SELECT %s FROM %s%s".formatted(String.join(", ", wanted), all.from, where);
    }

    private Part tree(int size) {
        if (size == 1) {
            String name = "r" + tables++;
            String from = "t%d AS %s".formatted(random.nextInt(JoinTables.COUNT), name);
            return new Part(from, COLUMNS.stream().map(column -> name + "." + column).toList());
        }
        int left = chance(50) ? size - 1 : 1 + random.nextInt(size - 1);
        return chance(22)
                ? half(tree(left), tree(size - left))
                : join(tree(left), tree(size - left));
    }

    private Part join(Part left, Part right) {
        String type =
                outer
                        ? pick("LEFT JOIN", "LEFT JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN")
                        : pick("JOIN", "JOIN", "JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN");
        String on = conditions(left.columns, right.columns, 12);
        if (type.equals("FULL JOIN")) { // DuckDB wants an equality there, first
            on = equality(left.columns, right.columns) + (chance(30) ? " AND " + on : "");
        }
        List<String> columns = new ArrayList<>(left.columns);
        columns.addAll(right.columns);
        return new Part("(%s %s %s ON %s)".formatted(left.from, type, right.from, on), columns);
    }

    /** A semi- or anti-join, as a query in the place of a table. */
    private Part half(Part left, Part right) {
        String name = "q" + derived++;
        List<String> named = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        for (String column : left.columns) {
            if (columns.isEmpty() || chance(70)) {
                String other = "x" + columns.size();
                named.add(column + " AS " + other);
                columns.add(name + "." + other);
            }
        }
        String from =
                "(SELECT %s FROM %s WHERE %s EXISTS (SELECT 1 FROM %s WHERE %s)) AS %s"
                        .formatted(
                                String.join(", ", named),
                                left.from,
                                chance(50) ? "NOT" : "",
                                right.from,
                                conditions(left.columns, right.columns, 12),
                                name);
        return new Part(from, columns);
    }

    /**
     * One to three conditions.
     *
     * @param loose how many in a hundred are no equality
     */
    private String conditions(List<String> left, List<String> right, int loose) {
        List<String> all = new ArrayList<>();
        int count = pick(1, 1, 1, 2, 2, 3);
        for (int i = 0; i < count; i++) {
            boolean first = i == 0 && !chance(loose);
            all.add(first ? equality(left, right) : condition(left, right));
        }
        return String.join(" AND ", all);
    }

    private String equality(List<String> left, List<String> right) {
        if (chance(outer ? 50 : 85)) {
            return "%s = %s".formatted(pick(left), pick(right));
        }
        return switch (random.nextInt(4)) {
            case 0 -> "%s + %s = %s".formatted(pick(left), pick(left), pick(right));
            case 1 -> "coalesce(%s, %s) = %s".formatted(pick(left), pick(left), pick(right));
            default ->
                    "coalesce(%s, %d) = %s".formatted(pick(left), random.nextInt(6), pick(right));
        };
    }

    private String condition(List<String> left, List<String> right) {
        List<String> both = new ArrayList<>(left);
        both.addAll(right);
        String one = pick(both);
        String other = pick(both);
        return switch (random.nextInt(13)) {
            case 0 -> "%s < %s".formatted(pick(left), pick(right));
            case 1 -> "%s + %s = %s".formatted(pick(left), one, pick(right));
            case 2 -> "coalesce(%s, 1) = coalesce(%s, 1)".formatted(pick(left), pick(right));
            case 3 -> "(%s IS NULL OR %s = %s)".formatted(one, pick(left), pick(right));
            case 4 -> "%s IS NOT DISTINCT FROM %s".formatted(pick(left), pick(right));
            case 5 -> "%s IS NULL".formatted(one);
            case 6 -> "%s > %d".formatted(one, random.nextInt(4));
            case 7 ->
                    "coalesce(%s, %d) < %d"
                            .formatted(one, random.nextInt(6), 2 + random.nextInt(4));
            case 8 -> "(%s = %s OR %s = %s)".formatted(one, other, pick(left), pick(right));
            case 9 ->
                    "CASE WHEN %s > 2 THEN %s ELSE %s END = %s"
                            .formatted(one, pick(left), pick(right), other);
            case 10 -> "%s <> %s".formatted(pick(left), pick(right));
            case 11 ->
                    "(%s = %s AND %s > 1 OR %s = %s AND %s IS NULL)"
                            .formatted(
                                    pick(left), pick(right), one, pick(left), pick(right), other);
            default -> "%s IN (1, 2, %d)".formatted(one, random.nextInt(6));
        };
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    @SafeVarargs
    private <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
