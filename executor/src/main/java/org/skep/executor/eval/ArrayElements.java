package org.skep.executor.eval;

import org.skep.model.data.ArrayColumn;
import org.skep.model.data.Column;

/** The elements that the rows of an array column use, in the order of the rows. */
record ArrayElements(int[] starts, int[] lengths, Column elements) {
    static ArrayElements of(ArrayColumn arrays) {
        int rows = arrays.rows();
        int[] starts = new int[rows];
        int[] lengths = new int[rows];
        int total = 0;
        for (int i = 0; i < rows; i++) {
            starts[i] = total;
            lengths[i] = arrays.isNull(i) ? 0 : arrays.lengths()[i];
            total += lengths[i];
        }
        int[] positions = new int[total];
        for (int i = 0, k = 0; i < rows; i++) {
            for (int j = 0; j < lengths[i]; j++) {
                positions[k++] = arrays.starts()[i] + j;
            }
        }
        return new ArrayElements(
                starts, lengths, arrays.elements().gather(positions, total).flat());
    }
}
