package org.skep.executor.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaskRandomTest {
    @AfterEach
    void end() {
        TaskRandom.end();
    }

    private static List<Object> some(long query, int stage, int task) {
        TaskRandom.begin(query, stage, task);
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            all.add(TaskRandom.number());
            all.add(TaskRandom.uuid());
        }
        return all;
    }

    @Test
    void anotherAttemptGetsTheSame() {
        assertEquals(some(7, 2, 3), some(7, 2, 3));
        assertNotEquals(some(7, 2, 3), some(8, 2, 3));
        assertNotEquals(some(7, 2, 3), some(7, 3, 2));
        assertEquals(100, new HashSet<>(some(7, 2, 3)).size());
    }

    @Test
    void uuidsAreRandomOnes() {
        for (Object value : some(1, 0, 0)) {
            if (value instanceof UUID uuid) {
                assertEquals(4, uuid.version());
                assertEquals(2, uuid.variant());
            }
        }
    }

    @Test
    void withoutASeedNothingIsRepeated() {
        some(1, 0, 0);
        TaskRandom.end();
        assertNotEquals(TaskRandom.uuid(), TaskRandom.uuid());
        assertNotEquals(TaskRandom.number(), TaskRandom.number());
    }
}
