package org.skep.executor.format.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RowRangesTest {
    @Test
    void rowsOfAGroupByTheirNumberInTheFile() {
        long[] numbers = {1, 10, 11, 12, 12, 14, 20, 21, 30};
        assertEquals("0-1 9-10 ", text(RowRanges.of(numbers, 0, 10)));
        assertEquals("0-2 3-4 9-10 ", text(RowRanges.of(numbers, 10, 10)));
        assertEquals("0-1 9-10 ", text(RowRanges.of(numbers, 20, 10)));
        assertEquals("", text(RowRanges.of(numbers, 30, 10)));
        assertEquals("", text(RowRanges.of(new long[0], 0, 10)));
    }

    private static String text(RowRanges ranges) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < ranges.count(); i++) {
            text.append(ranges.from(i)).append('-').append(ranges.to(i)).append(' ');
        }
        return text.toString();
    }
}
