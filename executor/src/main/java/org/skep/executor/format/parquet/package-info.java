/**
 * Parquet: footers and page headers as Thrift structs of parquet-format, pages and values by our
 * own code.
 *
 * <p>Reading: {@link org.skep.executor.format.parquet.ParquetFormat} finds the footer ({@code
 * Footers}), the {@code Pruner} leaves out row groups and pages, {@code ParquetBatchReader}
 * evaluates conditions and asks a {@code ColumnReader} per column for the rows that are left. Below
 * that: {@code PageReader} (bytes of one page), {@code ValueDecoder} (one encoding), {@code Values}
 * (decoded primitives), {@code Conversion} (from Parquet's types to ours).
 *
 * <p>Writing: {@code ParquetFileWriter}, one {@code ChunkWriter} per leaf.
 *
 * <p>Rule of the package: no number from a file is trusted before it was compared with what the
 * file can hold; whatever is wrong leaves as CORRUPT_FILE, made in {@code Place}.
 */
package org.skep.executor.format.parquet;
