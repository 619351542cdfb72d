/**
 * The tables of the warehouse: Apache Iceberg tables (format version 2, Parquet files), so that
 * writes are all or nothing, readers keep the snapshot they began with, and Spark, Trino and DuckDB
 * read the same files.
 *
 * <p>Start at {@link org.skep.catalog.iceberg.Tables}. {@link
 * org.skep.catalog.iceberg.ManagedTable} is a table at one snapshot; {@link
 * org.skep.catalog.iceberg.TableWrite} is a change of it under way. Who keeps the tables is a
 * {@code TableStore}: {@code WarehouseCatalog} is Iceberg's catalog interface over the rows that
 * the catalog keeps for it ({@link org.skep.catalog.iceberg.Pointers}), {@link
 * org.skep.catalog.iceberg.RestServer} asks a server.
 *
 * <p>Rule of the package: nothing of Iceberg leaves it. Columns, files and partitions go in and out
 * in the words of {@code model}, and Iceberg's exceptions as {@code QueryException}s.
 */
package org.skep.catalog.iceberg;
