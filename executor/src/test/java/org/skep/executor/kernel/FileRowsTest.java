package org.skep.executor.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.type.Type;

class FileRowsTest {
    @Test
    void rowsOfEachFileInOrder() {
        Column files = column(Type.STRING, Arrays.asList("b", "a", null, "a", "a", "a", "a", "b"));
        Column rows = column(Type.BIGINT, Arrays.asList(7L, 9L, 1L, 3L, null, 3L, 5L, 2L));
        FileRows found = FileRows.of(files, rows);
        assertArrayEquals(new long[] {3, 3, 5, 9}, found.of("a"));
        assertArrayEquals(new long[] {2, 7}, found.of("b"));
        assertArrayEquals(new long[0], found.of("c"));
    }

    @Test
    void tooManyAreNotWorthIt() {
        assertNotNull(many(1 << 20));
        assertNull(many((1 << 20) + 1));
    }

    private static FileRows many(int rows) {
        return FileRows.of(
                Column.constant(Type.STRING, "a", rows), Column.constant(Type.BIGINT, 1L, rows));
    }

    private static Column column(Type type, List<Object> values) {
        ColumnBuilder builder = ColumnBuilder.of(type, values.size());
        values.forEach(builder::appendValue);
        return builder.build();
    }
}
