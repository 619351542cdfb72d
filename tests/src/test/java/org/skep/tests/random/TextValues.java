package org.skep.tests.random;

/**
 * Random texts. Numbers that are not whole are not written as text: engines agree on the value but
 * not on how it is spelled.
 */
final class TextValues {
    private final Values values;
    private final Dice dice;

    TextValues(Values values, Dice dice) {
        this.values = values;
        this.dice = dice;
    }

    Piece constant() {
        return Piece.of(
                Kind.STRING,
                dice.pick("''", "'a'", "'ab'", "' '", "'a '", "'w1'", "'ä'", "'日'", "'b'", "'12'"));
    }

    Piece value(int depth) {
        Piece text = values.value(Kind.STRING, depth);
        return switch (dice.below(13)) {
            case 0 -> Piece.of(Kind.STRING, dice.pick("lower", "upper") + "($1)", text);
            case 1 -> Piece.of(Kind.STRING, dice.pick("trim", "ltrim", "rtrim") + "($1)", text);
            case 2 ->
                    Piece.of(
                            Kind.STRING,
                            "substr($1, " + dice.between(1, 3) + ", " + dice.between(0, 3) + ")",
                            text);
            case 3 ->
                    Piece.of(
                            Kind.STRING,
                            dice.pick("left", "right") + "($1, " + dice.between(0, 3) + ")",
                            text);
            case 4 -> Piece.of(Kind.STRING, "reverse($1)", text);
            case 5, 6 ->
                    Piece.of(Kind.STRING, "($1 || $2)", text, values.value(Kind.STRING, depth));
            case 7 ->
                    Piece.of(
                            Kind.STRING,
                            "replace($1, " + dice.pick("'a', 'ä'", "' ', ''", "'w', '日本'") + ")",
                            text);
            case 8 ->
                    Piece.of(
                            Kind.STRING,
                            dice.pick("lpad", "rpad") + "($1, " + dice.between(1, 5) + ", '*')",
                            text);
            case 9 ->
                    Piece.of(
                            Kind.STRING, "CAST($1 AS STRING)", values.value(spelledAlike(), depth));
            case 10 -> Piece.of(Kind.STRING, "repeat($1, " + dice.between(0, 3) + ")", text);
            case 11 ->
                    Piece.of(
                            Kind.STRING,
                            "concat_ws('-', $1, $2)",
                            text,
                            values.value(Kind.STRING, depth));
            default ->
                    Piece.of(Kind.STRING, "split_part($1, ',', " + dice.between(1, 3) + ")", text);
        };
    }

    private Kind spelledAlike() {
        return dice.pick(
                Kind.INTEGER, Kind.BIGINT, Kind.TINYINT, Kind.DATE, Kind.TIMESTAMP, Kind.BOOLEAN);
    }
}
