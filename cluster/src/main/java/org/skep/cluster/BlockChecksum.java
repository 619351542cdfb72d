package org.skep.cluster;

import java.util.zip.CRC32C;
import org.apache.spark.shuffle.checksum.RowBasedChecksum;

/** Of the blocks that a task writes, by which Spark sees whether a second attempt writes others. */
final class BlockChecksum extends RowBasedChecksum {
    private static final long serialVersionUID = 1L;

    @Override
    public long calculateRowChecksum(Object partition, Object block) {
        byte[] bytes = (byte[]) block;
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, bytes.length);
        // spread over all bits: Spark adds them up
        return (checksum.getValue() << 32 | (Integer) partition) * 0x9E3779B97F4A7C15L;
    }
}
