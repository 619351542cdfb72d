package org.skep.executor.format.json;

import org.skep.executor.format.lines.LineBatch;

/** One record on each line that is not blank. */
final class LineRecords implements Records {
    private final LineBatch lines;
    private int[] starts = new int[0];
    private int[] lengths = new int[0];
    private int[] numbers = new int[0];

    LineRecords(LineBatch lines) {
        this.lines = lines;
    }

    @Override
    public int next() {
        while (true) {
            int count = lines.next();
            if (count == 0) {
                return 0;
            }
            starts = lines.starts();
            lengths = lines.lengths();
            numbers = new int[count];
            byte[] data = lines.data();
            int records = 0;
            for (int i = 0; i < count; i++) {
                int at = starts[i];
                int end = at + lengths[i];
                while (at < end && data[at] <= ' ' && data[at] >= 0) {
                    at++;
                }
                if (at < end) {
                    starts[records] = at;
                    lengths[records] = end - at;
                    numbers[records++] = i;
                }
            }
            if (records > 0) {
                return records;
            }
        }
    }

    @Override
    public byte[] data() {
        return lines.data();
    }

    @Override
    public int[] starts() {
        return starts;
    }

    @Override
    public int[] lengths() {
        return lengths;
    }

    @Override
    public long lineNumber(int record) {
        return lines.lineNumber(numbers[record]);
    }

    @Override
    public boolean isClean() {
        return lines.isClean();
    }

    @Override
    public void close() {
        lines.close();
    }
}
