package org.skep.jdbc;

import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.skep.engine.Session;
import org.skep.engine.Session.TableName;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/** The lists that JDBC tools browse, in the columns and order that JDBC prescribes. */
final class MetaDataLists {
    static final String TABLE = "TABLE";
    static final String VIEW = "VIEW";

    private static final Schema TABLES =
            Schema.parse(
                    "TABLE_CAT STRING, TABLE_SCHEM STRING, TABLE_NAME STRING, TABLE_TYPE STRING,"
                            + " REMARKS STRING, TYPE_CAT STRING, TYPE_SCHEM STRING,"
                            + " TYPE_NAME STRING, SELF_REFERENCING_COL_NAME STRING,"
                            + " REF_GENERATION STRING");
    private static final Schema COLUMNS =
            Schema.parse(
                    "TABLE_CAT STRING, TABLE_SCHEM STRING, TABLE_NAME STRING, COLUMN_NAME STRING,"
                            + " DATA_TYPE INTEGER, TYPE_NAME STRING, COLUMN_SIZE INTEGER,"
                            + " BUFFER_LENGTH INTEGER, DECIMAL_DIGITS INTEGER,"
                            + " NUM_PREC_RADIX INTEGER, NULLABLE INTEGER, REMARKS STRING,"
                            + " COLUMN_DEF STRING, SQL_DATA_TYPE INTEGER,"
                            + " SQL_DATETIME_SUB INTEGER, CHAR_OCTET_LENGTH INTEGER,"
                            + " ORDINAL_POSITION INTEGER, IS_NULLABLE STRING,"
                            + " SCOPE_CATALOG STRING, SCOPE_SCHEMA STRING, SCOPE_TABLE STRING,"
                            + " SOURCE_DATA_TYPE SMALLINT, IS_AUTOINCREMENT STRING,"
                            + " IS_GENERATEDCOLUMN STRING");
    private static final Schema TYPES =
            Schema.parse(
                    "TYPE_NAME STRING, DATA_TYPE INTEGER, PRECISION INTEGER,"
                            + " LITERAL_PREFIX STRING, LITERAL_SUFFIX STRING,"
                            + " CREATE_PARAMS STRING, NULLABLE SMALLINT, CASE_SENSITIVE BOOLEAN,"
                            + " SEARCHABLE SMALLINT, UNSIGNED_ATTRIBUTE BOOLEAN,"
                            + " FIXED_PREC_SCALE BOOLEAN, AUTO_INCREMENT BOOLEAN,"
                            + " LOCAL_TYPE_NAME STRING, MINIMUM_SCALE SMALLINT,"
                            + " MAXIMUM_SCALE SMALLINT, SQL_DATA_TYPE INTEGER,"
                            + " SQL_DATETIME_SUB INTEGER, NUM_PREC_RADIX INTEGER");
    private static final Schema FUNCTIONS =
            Schema.parse(
                    "FUNCTION_CAT STRING, FUNCTION_SCHEM STRING, FUNCTION_NAME STRING,"
                            + " REMARKS STRING, FUNCTION_TYPE SMALLINT, SPECIFIC_NAME STRING");

    private MetaDataLists() {}

    static MemoryResult schemas(Session session, String pattern) {
        List<Object[]> rows = new ArrayList<>();
        session.schemas().stream()
                .filter(NameFilter.of(pattern))
                .forEach(name -> rows.add(new Object[] {name, null}));
        return MemoryResult.of(Schema.parse("TABLE_SCHEM STRING, TABLE_CATALOG STRING"), rows);
    }

    /**
     * @param types {@link #TABLE}, {@link #VIEW}; null for both
     */
    static MemoryResult tables(Session session, String schemas, String names, Set<String> types) {
        List<Object[]> rows = new ArrayList<>();
        for (TableName table : matching(session, schemas, names)) {
            String type =
                    switch (table.kind()) {
                        case TABLE, EXTERNAL_TABLE -> TABLE;
                        case VIEW, TEMPORARY_VIEW -> VIEW;
                    };
            String remarks =
                    switch (table.kind()) {
                        case TABLE, VIEW -> null;
                        case EXTERNAL_TABLE -> "external";
                        case TEMPORARY_VIEW -> "temporary";
                    };
            if (types == null || types.contains(type)) {
                rows.add(
                        new Object[] {
                            null,
                            table.schema(),
                            table.name(),
                            type,
                            remarks,
                            null,
                            null,
                            null,
                            null,
                            null
                        });
            }
        }
        rows.sort((a, b) -> ((String) a[3]).compareTo((String) b[3]));
        return MemoryResult.of(TABLES, rows);
    }

    /** Temporary views are in every schema: they are listed in the current one only. */
    private static Set<TableName> matching(Session session, String schemas, String names) {
        Predicate<String> fits = NameFilter.of(names);
        Set<TableName> found = new LinkedHashSet<>();
        session.schemas().stream()
                .filter(NameFilter.of(schemas))
                .forEach(
                        schema ->
                                session.tables(schema).stream()
                                        .filter(table -> fits.test(table.name()))
                                        .filter(
                                                table ->
                                                        table.kind()
                                                                        != TableName.Kind
                                                                                .TEMPORARY_VIEW
                                                                || schema.equalsIgnoreCase(
                                                                        session.currentSchema()))
                                        .forEach(found::add));
        return found;
    }

    static MemoryResult columns(Session session, String schemas, String tables, String columns) {
        Predicate<String> fits = NameFilter.of(columns);
        List<Object[]> rows = new ArrayList<>();
        for (TableName table : matching(session, schemas, tables)) {
            Schema schema = session.columns(table);
            for (int i = 0; i < schema.size(); i++) {
                if (fits.test(schema.field(i).name())) {
                    rows.add(column(table, schema.field(i), i + 1));
                }
            }
        }
        return MemoryResult.of(COLUMNS, rows);
    }

    private static Object[] column(TableName table, Field field, int place) {
        Type type = field.type();
        return new Object[] {
            null,
            table.schema(),
            table.name(),
            field.name(),
            JdbcTypes.code(type),
            type.toString(),
            JdbcTypes.precision(type),
            null,
            type.isNumeric() ? type.scale() : null,
            type.isNumeric() ? 10 : null,
            field.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
            null,
            null,
            null,
            null,
            null,
            place,
            field.nullable() ? "YES" : "NO",
            null,
            null,
            null,
            null,
            "NO",
            "NO"
        };
    }

    static MemoryResult types() {
        List<Type> all =
                List.of(
                        Type.TINYINT,
                        Type.BIGINT,
                        Type.BINARY,
                        Type.decimal(Type.MAX_PRECISION, 0),
                        Type.INTEGER,
                        Type.SMALLINT,
                        Type.FLOAT,
                        Type.DOUBLE,
                        Type.STRING,
                        Type.BOOLEAN,
                        Type.DATE,
                        Type.TIMESTAMP);
        List<Object[]> rows = new ArrayList<>();
        for (Type type : all) {
            boolean quoted = !type.isNumeric() && type != Type.BOOLEAN;
            boolean decimal = type.kind() == Type.Kind.DECIMAL;
            rows.add(
                    new Object[] {
                        type.kind().name(),
                        JdbcTypes.code(type),
                        JdbcTypes.precision(type),
                        quoted ? "'" : null,
                        quoted ? "'" : null,
                        decimal ? "precision,scale" : null,
                        DatabaseMetaData.typeNullable,
                        type == Type.STRING,
                        DatabaseMetaData.typeSearchable,
                        false,
                        decimal,
                        false,
                        null,
                        0,
                        decimal ? Type.MAX_PRECISION : 0,
                        null,
                        null,
                        type.isNumeric() ? 10 : null
                    });
        }
        return MemoryResult.of(TYPES, rows);
    }

    static MemoryResult functions(Session session, String pattern) {
        List<Object[]> rows = new ArrayList<>();
        session.functions().stream()
                .filter(NameFilter.of(pattern))
                .sorted()
                .forEach(
                        name ->
                                rows.add(
                                        new Object[] {
                                            null,
                                            null,
                                            name,
                                            null,
                                            DatabaseMetaData.functionResultUnknown,
                                            name
                                        }));
        return MemoryResult.of(FUNCTIONS, rows);
    }
}
