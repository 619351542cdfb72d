package org.skep.parser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What statements become: each file holds statements, each with its outcome below a line of dashes.
 * With {@code -Dgolden.rewrite=true} the outcomes are written anew.
 */
class GoldenTest {
    @TestFactory
    Stream<DynamicTest> expressions() {
        return cases("expressions.txt", sql -> Sql.query("SELECT " + sql).substring(7));
    }

    @TestFactory
    Stream<DynamicTest> queries() {
        return cases("queries.txt", Sql::query);
    }

    @TestFactory
    Stream<DynamicTest> commands() {
        return cases("commands.txt", sql -> Commands.text(SqlParser.parse(sql)));
    }

    @TestFactory
    Stream<DynamicTest> errors() {
        return cases("errors.txt", ErrorText::of);
    }

    private static Stream<DynamicTest> cases(String file, Function<String, String> answer) {
        Golden golden = Golden.read(file);
        List<DynamicTest> tests = new ArrayList<>();
        for (Golden.Case one : golden.cases()) {
            tests.add(
                    DynamicTest.dynamicTest(
                            one.given().lines().findFirst().orElse("(nothing)"),
                            () -> {
                                String actual = answer.apply(one.given()).stripTrailing();
                                if (Golden.REWRITE) {
                                    golden.answer(one, actual);
                                } else {
                                    assertEquals(one.expected(), actual);
                                }
                            }));
        }
        return tests.stream();
    }
}
