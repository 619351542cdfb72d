package org.skep.catalog.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.GenericBlobMetadata;
import org.apache.iceberg.GenericStatisticsFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.puffin.Blob;
import org.apache.iceberg.puffin.BlobMetadata;
import org.apache.iceberg.puffin.Puffin;
import org.apache.iceberg.puffin.PuffinCompressionCodec;
import org.apache.iceberg.puffin.PuffinReader;
import org.apache.iceberg.puffin.PuffinWriter;
import org.apache.iceberg.puffin.StandardBlobTypes;
import org.apache.iceberg.util.Pair;
import org.skep.model.sketch.ColumnSketch;
import org.skep.model.sketch.FrequentItems;
import org.skep.model.sketch.QuantileSketch;
import org.skep.model.sketch.ThetaSketch;

/**
 * A statistics file: for each column a blob of Iceberg's standard type {@code
 * apache-datasketches-theta-v1} (property {@code ndv}: how many different values, about), one of
 * our own type {@code skep-frequent-items-v1}, and of numbers and times one of our own type {@code
 * skep-quantiles-v1}, which is what {@link QuantileSketch#toBytes} writes.
 *
 * <p>Frequent items are what {@link FrequentItems#toBytes} writes, values in Iceberg's single-value
 * binary form, with properties {@code rows} (of the snapshot) and {@code nulls} (exact, of these
 * rows) and {@code error} (how many times more than its count a value may be there).
 */
final class SketchFile {
    static final String DISTINCT = StandardBlobTypes.APACHE_DATASKETCHES_THETA_V1;
    static final String FREQUENT = "skep-frequent-items-v1";
    static final String QUANTILES = "skep-quantiles-v1";
    static final String NDV = "ndv";
    static final String ROWS = "rows";
    static final String NULLS = "nulls";

    /** Values that are frequent: a plan gets no better by more. */
    private static final int MOST_FREQUENT = 100;

    private SketchFile() {}

    /**
     * The blobs of a column.
     *
     * @param field its number
     */
    static List<Blob> blobs(Snapshot snapshot, int field, ColumnSketch sketch, long rows) {
        ThetaSketch distinct = sketch.distinct();
        FrequentItems frequent = sketch.frequent().trimmed(MOST_FREQUENT);
        Map<String, String> about = new HashMap<>();
        about.put(ROWS, Long.toString(rows));
        about.put(NULLS, Long.toString(rows - sketch.values()));
        about.put("error", Long.toString(frequent.error()));
        List<Blob> blobs = new ArrayList<>();
        blobs.add(
                blob(
                        DISTINCT,
                        field,
                        snapshot,
                        distinct.toBytes(),
                        Map.of(NDV, Long.toString((long) distinct.estimate()))));
        blobs.add(blob(FREQUENT, field, snapshot, frequent.toBytes(), about));
        if (!sketch.quantiles().isEmpty()) {
            blobs.add(blob(QUANTILES, field, snapshot, sketch.quantiles().toBytes(), Map.of()));
        }
        return blobs;
    }

    private static Blob blob(
            String type, int field, Snapshot snapshot, byte[] data, Map<String, String> about) {
        return new Blob(
                type,
                List.of(field),
                snapshot.snapshotId(),
                snapshot.sequenceNumber(),
                ByteBuffer.wrap(data),
                PuffinCompressionCodec.NONE, // hashes do not get smaller
                about);
    }

    /**
     * Writes a file that is no table's yet.
     *
     * @param location the folder of the table
     */
    static StatisticsFile write(FileIO io, String location, Snapshot snapshot, List<Blob> blobs) {
        String path =
                "%s/metadata/%d-%s.stats"
                        .formatted(location, snapshot.snapshotId(), UUID.randomUUID());
        OutputFile out = io.newOutputFile(path);
        try (PuffinWriter writer = Puffin.write(out).createdBy("skep").build()) {
            blobs.forEach(writer::add);
            writer.finish();
            return new GenericStatisticsFile(
                    snapshot.snapshotId(),
                    path,
                    writer.fileSize(),
                    writer.footerSize(),
                    GenericBlobMetadata.from(writer.writtenBlobsMetadata()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Blobs of a file, also such that nothing is known of here; none when it is damaged, or was
     * replaced and removed by somebody: work goes on without statistics.
     */
    static List<Blob> readable(FileIO io, StatisticsFile file) {
        try {
            return read(io, file);
        } catch (NotFoundException | UncheckedIOException gone) {
            return List.of();
        } catch (IllegalArgumentException | IllegalStateException damaged) {
            return List.of();
        }
    }

    private static List<Blob> read(FileIO io, StatisticsFile file) {
        List<Blob> blobs = new ArrayList<>();
        try (PuffinReader reader =
                Puffin.read(io.newInputFile(file.path()))
                        .withFileSize(file.fileSizeInBytes())
                        .withFooterSize(file.fileFooterSizeInBytes())
                        .build()) {
            List<BlobMetadata> all = reader.fileMetadata().blobs();
            for (Pair<BlobMetadata, ByteBuffer> read : reader.readAll(all)) {
                BlobMetadata blob = read.first();
                blobs.add(
                        new Blob(
                                blob.type(),
                                blob.inputFields(),
                                blob.snapshotId(),
                                blob.sequenceNumber(),
                                read.second(),
                                PuffinCompressionCodec.NONE,
                                blob.properties()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return blobs;
    }

    static byte[] bytes(Blob blob) {
        byte[] bytes = new byte[blob.blobData().remaining()];
        blob.blobData().duplicate().get(bytes);
        return bytes;
    }
}
