package org.skep.executor.format.parquet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.Util;
import org.skep.executor.format.FileWriter;
import org.skep.executor.format.codec.CountingOutput;
import org.skep.executor.task.MemoryPool;
import org.skep.executor.task.TaskContext;
import org.skep.model.data.Batch;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Column;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.error.WriteFailure;
import org.skep.model.file.ColumnId;
import org.skep.model.sketch.ColumnSketch;
import org.skep.model.type.Schema;

/**
 * Writes a Parquet file. Batches are kept until they make a row group; then one column after the
 * other is encoded, with everything about it known.
 */
final class ParquetFileWriter implements FileWriter {
    static final int ROW_GROUP_ROWS = 122_880;

    private static final long ROW_GROUP_BYTES = 128L << 20;
    private static final String CREATED_BY = "skep version 0.1.0";

    private final Path file;
    private final Schema schema;
    private final int rowGroupRows;
    private final MemoryPool memory;
    private final CountingOutput out;
    private final Compressor compressor;
    private final BloomFilterOptions bloomFilters;
    private final List<SchemaElement> elements;
    private final Node root;
    private final List<LeafBuffer> buffers = new ArrayList<>();
    private final List<List<String>> paths = new ArrayList<>();
    private final List<Shredder> shredders = new ArrayList<>();
    private final List<RowGroup> rowGroups = new ArrayList<>();
    private final List<ChunkWriter.Written> chunks = new ArrayList<>();
    private final List<Batch> pending = new ArrayList<>();
    private ColumnSketch[] sketches = {};
    private int pendingRows;
    private long pendingBytes;
    private long takenBytes;
    private long rows;
    private boolean finished;

    /**
     * @param ids of the columns, or empty
     */
    ParquetFileWriter(
            Path file,
            Schema schema,
            List<ColumnId> ids,
            Map<String, String> options,
            TaskContext task) {
        this.file = file;
        this.schema = schema;
        this.memory = task.memory();
        this.rowGroupRows = rowGroupRows(options);
        this.compressor = new Compressor(Compressor.codec(options));
        this.elements = SchemaElements.of(schema, ids);
        this.root = Node.tree(elements);
        this.bloomFilters = new BloomFilterOptions(options, root.children);
        for (Node leaf : root.leaves()) {
            buffers.add(new LeafBuffer(leaf));
        }
        for (Node column : root.children) {
            shredders.add(new Shredder(column, buffers));
            addPaths(column, List.of());
        }
        try {
            this.out = new CountingOutput(file);
            out.write(Footer.MAGIC, 0, Footer.MAGIC.length);
        } catch (IOException e) {
            throw error(e);
        }
    }

    private static int rowGroupRows(Map<String, String> options) {
        String text = options.getOrDefault("row_group_rows", Integer.toString(ROW_GROUP_ROWS));
        try {
            int number = Integer.parseInt(text.strip());
            if (number > 0 && number <= 1 << 24) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // said below, with the bounds
        }
        throw new QueryException(
                ErrorCode.INVALID_ARGUMENT,
                "row_group_rows cannot be '%s'".formatted(text),
                "row_group_rows is a number from 1 to " + (1 << 24));
    }

    private void addPaths(Node node, List<String> above) {
        List<String> path = new ArrayList<>(above);
        path.add(node.name());
        if (node.isLeaf()) {
            paths.add(path);
        }
        node.children.forEach(child -> addPaths(child, path));
    }

    @Override
    public void write(Batch batch) {
        int from = 0;
        while (from < batch.rows()) {
            int count = Math.min(batch.rows() - from, rowGroupRows - pendingRows);
            Batch part = batch.slice(from, count);
            long bytes = bytes(part);
            memory.reserve(bytes);
            pendingBytes += bytes;
            takenBytes += bytes;
            pending.add(part);
            pendingRows += count;
            from += count;
            if (pendingRows == rowGroupRows || pendingBytes > ROW_GROUP_BYTES) {
                writeRowGroup();
            }
        }
    }

    /** What the rows take by themselves: batches share the arrays of their strings. */
    private static long bytes(Batch batch) {
        long bytes = 0;
        for (int i = 0; i < batch.width(); i++) {
            Column column = batch.column(i);
            if (column instanceof BytesColumn strings) {
                bytes += 8L * column.rows() + Shredder.textBytes(strings);
            } else {
                bytes += column.bytes();
            }
        }
        return bytes;
    }

    private void writeRowGroup() {
        try {
            List<ColumnChunk> columns = new ArrayList<>();
            long start = out.position();
            long size = 0;
            for (int column = 0; column < shredders.size(); column++) {
                shredders.get(column).add(pending, column, pendingRows);
                for (Node leaf : root.children.get(column).leaves()) {
                    LeafBuffer buffer = buffers.get(leaf.leaf);
                    ChunkWriter.Written written =
                            new ChunkWriter(
                                            buffer,
                                            paths.get(leaf.leaf),
                                            out,
                                            compressor,
                                            bloomFilters)
                                    .write(sketch(column));
                    buffer.clear();
                    chunks.add(written);
                    ColumnChunk chunk = new ColumnChunk(0);
                    chunk.setMeta_data(written.metadata());
                    columns.add(chunk);
                    size += written.metadata().getTotal_uncompressed_size();
                }
            }
            RowGroup group = new RowGroup(columns, size, pendingRows);
            group.setFile_offset(start);
            group.setTotal_compressed_size(out.position() - start);
            group.setOrdinal((short) Math.min(rowGroups.size(), Short.MAX_VALUE));
            rowGroups.add(group);
        } catch (IOException e) {
            throw error(e);
        }
        rows += pendingRows;
        release();
    }

    /** Takes in what is written of a column; null when that is not wanted. */
    private ChunkSketch sketch(int column) {
        boolean wanted = column < sketches.length && sketches[column] != null;
        return wanted ? new ChunkSketch(sketches[column], schema.type(column)) : null;
    }

    @Override
    public void sketch(ColumnSketch[] columns) {
        sketches = columns;
    }

    @Override
    public long written() {
        return out.position();
    }

    @Override
    public long taken() {
        return takenBytes;
    }

    @Override
    public long held() {
        return pendingBytes;
    }

    private void release() {
        pending.clear();
        pendingRows = 0;
        memory.release(pendingBytes);
        pendingBytes = 0;
    }

    @Override
    public long finish() {
        if (pendingRows > 0) {
            writeRowGroup();
        }
        try {
            writeIndexes();
            long start = out.position();
            FileMetaData metadata = new FileMetaData(1, elements, rows, rowGroups);
            metadata.setCreated_by(CREATED_BY);
            KeyValue note = new KeyValue(Schemas.KEY);
            note.setValue(schema.toString());
            metadata.setKey_value_metadata(List.of(note));
            ColumnOrder order = ColumnOrder.TYPE_ORDER(new TypeDefinedOrder());
            metadata.setColumn_orders(buffers.stream().map(leaf -> order).toList());
            Util.writeFileMetaData(metadata, out);
            ByteSink tail = new ByteSink();
            tail.writeInt((int) (out.position() - start));
            out.write(tail.bytes(), 0, tail.size());
            out.write(Footer.MAGIC, 0, Footer.MAGIC.length);
            out.force();
            out.close();
        } catch (IOException e) {
            throw error(e);
        }
        finished = true;
        return out.position();
    }

    private void writeIndexes() throws IOException {
        int next = 0;
        for (RowGroup group : rowGroups) {
            for (ColumnChunk chunk : group.getColumns()) {
                ChunkWriter.Written written = chunks.get(next++);
                if (written.columnIndex() != null) {
                    chunk.setColumn_index_offset(out.position());
                    Util.writeColumnIndex(written.columnIndex(), out);
                    chunk.setColumn_index_length(
                            (int) (out.position() - chunk.getColumn_index_offset()));
                }
                chunk.setOffset_index_offset(out.position());
                Util.writeOffsetIndex(written.offsetIndex(), out);
                chunk.setOffset_index_length(
                        (int) (out.position() - chunk.getOffset_index_offset()));
            }
        }
    }

    private QueryException error(IOException e) {
        return WriteFailure.of(file, e);
    }

    @Override
    public void close() {
        release();
        compressor.close();
        if (!finished) {
            try {
                try {
                    out.close();
                } finally {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                throw error(e);
            }
        }
    }
}
