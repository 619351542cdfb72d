package org.skep.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skep.model.plan.Expr;
import org.skep.model.plan.PlanNode;

/** Keeps the kinds in step with the records, so that an exhaustive switch over kinds is one. */
class SealedKindsTest {
    @Test
    void planNodes() {
        assertEquals(names(PlanNode.class), kinds(PlanNode.Kind.values()));
    }

    @Test
    void expressions() {
        assertEquals(names(Expr.class), kinds(Expr.Kind.values()));
    }

    private static List<String> names(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .map(record -> record.getSimpleName().toUpperCase(java.util.Locale.ROOT))
                .toList();
    }

    private static List<String> kinds(Enum<?>[] kinds) {
        return Arrays.stream(kinds).map(kind -> kind.name().replace("_", "")).toList();
    }
}
