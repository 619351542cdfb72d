package org.skep.tests.tpch;

import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The TPC-H tables as Parquet files, made once per scale: rows from the standard generator's Java
 * port, files by DuckDB's writer (Snappy).
 *
 * <p>Run {@link #main} with a folder and a scale to make them by hand.
 */
public final class TpchData {
    static final Map<String, String> COLUMNS =
            Map.of(
                    "region", "r_regionkey BIGINT, r_name VARCHAR, r_comment VARCHAR",
                    "nation",
                            "n_nationkey BIGINT, n_name VARCHAR, n_regionkey BIGINT, n_comment VARCHAR",
                    "supplier",
                            "s_suppkey BIGINT, s_name VARCHAR, s_address VARCHAR, s_nationkey BIGINT,"
                                    + " s_phone VARCHAR, s_acctbal DECIMAL(15,2), s_comment VARCHAR",
                    "customer",
                            "c_custkey BIGINT, c_name VARCHAR, c_address VARCHAR, c_nationkey BIGINT,"
                                    + " c_phone VARCHAR, c_acctbal DECIMAL(15,2), c_mktsegment VARCHAR,"
                                    + " c_comment VARCHAR",
                    "part",
                            "p_partkey BIGINT, p_name VARCHAR, p_mfgr VARCHAR, p_brand VARCHAR, p_type"
                                    + " VARCHAR, p_size INTEGER, p_container VARCHAR, p_retailprice"
                                    + " DECIMAL(15,2), p_comment VARCHAR",
                    "partsupp",
                            "ps_partkey BIGINT, ps_suppkey BIGINT, ps_availqty INTEGER, ps_supplycost"
                                    + " DECIMAL(15,2), ps_comment VARCHAR",
                    "orders",
                            "o_orderkey BIGINT, o_custkey BIGINT, o_orderstatus VARCHAR, o_totalprice"
                                    + " DECIMAL(15,2), o_orderdate DATE, o_orderpriority VARCHAR, o_clerk"
                                    + " VARCHAR, o_shippriority INTEGER, o_comment VARCHAR",
                    "lineitem",
                            "l_orderkey BIGINT, l_partkey BIGINT, l_suppkey BIGINT, l_linenumber"
                                    + " INTEGER, l_quantity DECIMAL(15,2), l_extendedprice DECIMAL(15,2),"
                                    + " l_discount DECIMAL(15,2), l_tax DECIMAL(15,2), l_returnflag VARCHAR,"
                                    + " l_linestatus VARCHAR, l_shipdate DATE, l_commitdate DATE,"
                                    + " l_receiptdate DATE, l_shipinstruct VARCHAR, l_shipmode VARCHAR,"
                                    + " l_comment VARCHAR");

    private TpchData() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        Path folder = Path.of(arguments[0]);
        System.out.println(parquet(folder, Double.parseDouble(arguments[1])));
    }

    /** The names of the tables. */
    public static List<String> tables() {
        return COLUMNS.keySet().stream().sorted().toList();
    }

    /** The folder with one Parquet file per table, made when it is not there. */
    public static Path parquet(Path root, double scale) throws IOException, SQLException {
        Path folder = root.resolve("tpch-" + scale);
        Files.createDirectories(folder);
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            for (TpchTable<?> table : TpchTable.getTables()) {
                Path file = folder.resolve(table.getTableName() + ".parquet");
                if (!Files.exists(file)) {
                    write(statement, table, scale, file);
                }
            }
        }
        return folder;
    }

    private static <E extends TpchEntity> void write(
            Statement duckdb, TpchTable<E> table, double scale, Path file)
            throws IOException, SQLException {
        Path text = Files.createTempFile(file.getParent(), table.getTableName(), ".tbl");
        Path made = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (BufferedWriter out = Files.newBufferedWriter(text, StandardCharsets.UTF_8)) {
                for (E row : table.createGenerator(scale, 1, 1)) {
                    String line = row.toLine();
                    out.write(line, 0, line.length() - 1);
                    out.write('\n');
                }
            }
            String columns =
                    List.of(COLUMNS.get(table.getTableName()).split(", ")).stream()
                            .map(column -> column.split(" ", 2))
                            .map(parts -> "'" + parts[0] + "': '" + parts[1] + "'")
                            .collect(Collectors.joining(", ", "{", "}"));
            duckdb.execute(
                    "COPY (SELECT * FROM read_csv('%s', delim = '|', header = false, quote = '', escape = '', columns = %s)) TO '%s' (FORMAT parquet, COMPRESSION snappy)"
                            .formatted(text, columns, made));
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(text);
        }
    }
}
