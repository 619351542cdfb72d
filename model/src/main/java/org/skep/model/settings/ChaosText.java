package org.skep.model.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.settings.Chaos.Act;
import org.skep.model.settings.Chaos.Injection;

/** Reads the text of the setting {@code chaos}. */
final class ChaosText {
    private static final int MOST_INJECTIONS = 100;
    private static final double MOST_TIMES = 1000;
    private static final Pattern TOKEN = Pattern.compile(";|[^\\s;]+");
    private static final String HINT =
            "write 'crash-task stage=1 task=3 at=60%', 'kill-task stage=1 task=3 at=60%' or"
                    + " 'slow-task stage=1 task=3 factor=10', several with ; between them; stages and"
                    + " tasks are counted from 0, stage=sink is the last stage, without task= each"
                    + " task is meant";

    /**
     * A word of the text.
     *
     * @param place in characters from 1
     */
    private record Token(String text, int place) {
        QueryException wrong(String why) {
            return new QueryException(
                    ErrorCode.INVALID_SETTING,
                    "'%s' (character %d) in chaos %s".formatted(text, place, why),
                    HINT);
        }
    }

    private ChaosText() {}

    static Chaos parse(String text) {
        List<Injection> injections = new ArrayList<>();
        List<Token> words = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            Token token = new Token(matcher.group(), matcher.start() + 1);
            if (!token.text.equals(";")) {
                words.add(token);
                continue;
            }
            if (words.isEmpty()) {
                throw token.wrong("has nothing before it");
            }
            injections.add(injection(words));
            words.clear();
        }
        if (!words.isEmpty()) { // the last ; may be left out
            injections.add(injection(words));
        }
        if (injections.size() > MOST_INJECTIONS) {
            throw new QueryException(
                    ErrorCode.INVALID_SETTING,
                    "chaos with %d injections".formatted(injections.size()),
                    "it takes up to %d; without task= each task of a stage is meant"
                            .formatted(MOST_INJECTIONS));
        }
        return new Chaos(injections);
    }

    private static Injection injection(List<Token> words) {
        Token first = words.get(0);
        Act act = act(first);
        Map<String, Token> options = new HashMap<>();
        for (Token word : words.subList(1, words.size())) {
            String name = word.text.toLowerCase(Locale.ROOT).replaceAll("=.*", "");
            boolean known =
                    switch (name) {
                        case "stage", "task" -> true;
                        case "at" -> act != Act.SLOW_TASK;
                        case "factor" -> act == Act.SLOW_TASK;
                        default -> false;
                    };
            if (!known || !word.text.contains("=")) {
                throw word.wrong("is no option of " + act.word());
            }
            if (options.put(name, word) != null) {
                throw word.wrong("is there twice");
            }
        }
        String measure = act == Act.SLOW_TASK ? "factor" : "at";
        for (String name : List.of("stage", measure)) {
            if (!options.containsKey(name)) {
                throw first.wrong("has no %s=".formatted(name));
            }
        }
        Token task = options.get("task");
        return new Injection(
                act,
                stage(options.get("stage")),
                task == null ? Injection.EVERY : number(task).orElseThrow(() -> badNumber(task)),
                act == Act.SLOW_TASK
                        ? amount(options.get(measure), "", MOST_TIMES)
                        : amount(options.get(measure), "%", 100));
    }

    private static Act act(Token word) {
        for (Act act : Act.values()) {
            if (act.word().equalsIgnoreCase(word.text)) {
                return act;
            }
        }
        throw word.wrong("is no injection");
    }

    private static String value(Token option) {
        return option.text.substring(option.text.indexOf('=') + 1);
    }

    private static int stage(Token option) {
        return value(option).equalsIgnoreCase("sink")
                ? Injection.SINK
                : number(option)
                        .orElseThrow(() -> option.wrong("is neither a stage's number nor sink"));
    }

    private static OptionalInt number(Token option) {
        String digits = value(option);
        return digits.matches("\\d{1,9}")
                ? OptionalInt.of(Integer.parseInt(digits))
                : OptionalInt.empty();
    }

    private static QueryException badNumber(Token option) {
        return option.wrong("is not a task's number");
    }

    private static double amount(Token option, String unit, double most) {
        String digits = value(option);
        if (digits.endsWith(unit)) {
            String number = digits.substring(0, digits.length() - unit.length());
            if (number.matches("\\d{1,4}(\\.\\d{1,3})?")) {
                double amount = Double.parseDouble(number);
                if (amount >= 1 && amount <= most) {
                    return amount;
                }
            }
        }
        throw option.wrong("is not from 1%s to %.0f%s".formatted(unit, most, unit));
    }
}
