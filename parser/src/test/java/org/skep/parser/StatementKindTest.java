package org.skep.parser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Keeps the kinds in step with the records, so that an exhaustive switch over kinds is one. Their
 * order in the class file is the compiler's affair.
 */
class StatementKindTest {
    @Test
    void kindsAreTheRecords() {
        assertEquals(
                Arrays.stream(Statement.class.getPermittedSubclasses())
                        .map(record -> record.getSimpleName().toUpperCase(Locale.ROOT))
                        .collect(Collectors.toSet()),
                Arrays.stream(Statement.Kind.values())
                        .map(kind -> kind.name().replace("_", ""))
                        .collect(Collectors.toSet()));
    }

    @Test
    void kindsOfAlterationsAreTheirRecords() {
        assertEquals(
                Arrays.stream(Alteration.class.getPermittedSubclasses())
                        .map(record -> record.getSimpleName().toUpperCase(Locale.ROOT))
                        .toList(),
                Arrays.stream(Alteration.Kind.values())
                        .map(kind -> kind.name().replace("_", ""))
                        .toList());
    }
}
