package org.skep.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.RowIdLifetime;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.skep.engine.Session;
import org.skep.model.error.QueryException;
import org.skep.model.type.Schema;

/** What tools ask about the engine and its tables. There are no catalogs, keys or procedures. */
final class SkepDatabaseMetaData extends Capabilities {
    private final EmbeddedConnection connection;

    SkepDatabaseMetaData(EmbeddedConnection connection) {
        this.connection = connection;
    }

    private interface Listing {
        MemoryResult of(Session session);
    }

    private ResultSet list(Listing listing) throws SQLException {
        if (connection.isClosed()) {
            throw Failures.closed("the connection");
        }
        try {
            synchronized (connection.turn()) {
                return SkepResultSet.over(listing.of(connection.session()));
            }
        } catch (QueryException e) {
            throw Failures.of(e, null);
        }
    }

    private static ResultSet none(String columns) {
        return SkepResultSet.over(MemoryResult.of(Schema.parse(columns), List.of()));
    }

    @Override
    public ResultSet getTables(String catalog, String schemas, String names, String[] types)
            throws SQLException {
        Set<String> wanted = types == null ? null : Set.of(types);
        return list(session -> MetaDataLists.tables(session, schemas, names, wanted));
    }

    @Override
    public ResultSet getColumns(String catalog, String schemas, String tables, String columns)
            throws SQLException {
        return list(session -> MetaDataLists.columns(session, schemas, tables, columns));
    }

    @Override
    public ResultSet getSchemas() throws SQLException {
        return getSchemas(null, null);
    }

    @Override
    public ResultSet getSchemas(String catalog, String pattern) throws SQLException {
        return list(session -> MetaDataLists.schemas(session, pattern));
    }

    @Override
    public ResultSet getCatalogs() {
        return none("TABLE_CAT STRING");
    }

    @Override
    public ResultSet getTableTypes() throws SQLException {
        List<Object[]> rows =
                List.of(new Object[] {MetaDataLists.TABLE}, new Object[] {MetaDataLists.VIEW});
        return list(session -> MemoryResult.of(Schema.parse("TABLE_TYPE STRING"), rows));
    }

    @Override
    public ResultSet getTypeInfo() throws SQLException {
        return list(session -> MetaDataLists.types());
    }

    @Override
    public ResultSet getFunctions(String catalog, String schemas, String names)
            throws SQLException {
        return list(session -> MetaDataLists.functions(session, names));
    }

    @Override
    public ResultSet getFunctionColumns(
            String catalog, String schemas, String names, String column) {
        return none(
                "FUNCTION_CAT STRING, FUNCTION_SCHEM STRING, FUNCTION_NAME STRING,"
                        + " COLUMN_NAME STRING, COLUMN_TYPE SMALLINT, DATA_TYPE INTEGER,"
                        + " TYPE_NAME STRING, PRECISION INTEGER, LENGTH INTEGER, SCALE SMALLINT,"
                        + " RADIX SMALLINT, NULLABLE SMALLINT, REMARKS STRING,"
                        + " CHAR_OCTET_LENGTH INTEGER, ORDINAL_POSITION INTEGER,"
                        + " IS_NULLABLE STRING, SPECIFIC_NAME STRING");
    }

    @Override
    public ResultSet getPrimaryKeys(String catalog, String schema, String table) {
        return none(
                "TABLE_CAT STRING, TABLE_SCHEM STRING, TABLE_NAME STRING, COLUMN_NAME STRING,"
                        + " KEY_SEQ SMALLINT, PK_NAME STRING");
    }

    private static ResultSet noKeys() {
        return none(
                "PKTABLE_CAT STRING, PKTABLE_SCHEM STRING, PKTABLE_NAME STRING,"
                        + " PKCOLUMN_NAME STRING, FKTABLE_CAT STRING, FKTABLE_SCHEM STRING,"
                        + " FKTABLE_NAME STRING, FKCOLUMN_NAME STRING, KEY_SEQ SMALLINT,"
                        + " UPDATE_RULE SMALLINT, DELETE_RULE SMALLINT, FK_NAME STRING,"
                        + " PK_NAME STRING, DEFERRABILITY SMALLINT");
    }

    @Override
    public ResultSet getImportedKeys(String catalog, String schema, String table) {
        return noKeys();
    }

    @Override
    public ResultSet getExportedKeys(String catalog, String schema, String table) {
        return noKeys();
    }

    @Override
    public ResultSet getCrossReference(
            String parentCatalog,
            String parentSchema,
            String parentTable,
            String foreignCatalog,
            String foreignSchema,
            String foreignTable) {
        return noKeys();
    }

    @Override
    public ResultSet getIndexInfo(
            String catalog, String schema, String table, boolean unique, boolean approximate) {
        return none(
                "TABLE_CAT STRING, TABLE_SCHEM STRING, TABLE_NAME STRING, NON_UNIQUE BOOLEAN,"
                        + " INDEX_QUALIFIER STRING, INDEX_NAME STRING, TYPE SMALLINT,"
                        + " ORDINAL_POSITION SMALLINT, COLUMN_NAME STRING, ASC_OR_DESC STRING,"
                        + " CARDINALITY BIGINT, PAGES BIGINT, FILTER_CONDITION STRING");
    }

    private static ResultSet noRowColumns() {
        return none(
                "SCOPE SMALLINT, COLUMN_NAME STRING, DATA_TYPE INTEGER, TYPE_NAME STRING,"
                        + " COLUMN_SIZE INTEGER, BUFFER_LENGTH INTEGER, DECIMAL_DIGITS SMALLINT,"
                        + " PSEUDO_COLUMN SMALLINT");
    }

    @Override
    public ResultSet getBestRowIdentifier(
            String catalog, String schema, String table, int scope, boolean nullable) {
        return noRowColumns();
    }

    @Override
    public ResultSet getVersionColumns(String catalog, String schema, String table) {
        return noRowColumns();
    }

    @Override
    public ResultSet getTablePrivileges(String catalog, String schemas, String tables) {
        return none(
                "TABLE_CAT STRING, TABLE_SCHEM STRING, TABLE_NAME STRING, GRANTOR STRING,"
                        + " GRANTEE STRING, PRIVILEGE STRING, IS_GRANTABLE STRING");
    }

    @Override
    public ResultSet getColumnPrivileges(
            String catalog, String schema, String table, String columns) {
        return none(
                "TABLE_CAT STRING, TABLE_SCHEM STRING, TABLE_NAME STRING, COLUMN_NAME STRING,"
                        + " GRANTOR STRING, GRANTEE STRING, PRIVILEGE STRING,"
                        + " IS_GRANTABLE STRING");
    }

    @Override
    public ResultSet getPseudoColumns(
            String catalog, String schemas, String tables, String columns) {
        return none(
                "TABLE_CAT STRING, TABLE_SCHEM STRING, TABLE_NAME STRING, COLUMN_NAME STRING,"
                        + " DATA_TYPE INTEGER, COLUMN_SIZE INTEGER, DECIMAL_DIGITS INTEGER,"
                        + " NUM_PREC_RADIX INTEGER, COLUMN_USAGE STRING, REMARKS STRING,"
                        + " CHAR_OCTET_LENGTH INTEGER, IS_NULLABLE STRING");
    }

    @Override
    public ResultSet getProcedures(String catalog, String schemas, String names) {
        return none(
                "PROCEDURE_CAT STRING, PROCEDURE_SCHEM STRING, PROCEDURE_NAME STRING,"
                        + " RESERVED1 STRING, RESERVED2 STRING, RESERVED3 STRING, REMARKS STRING,"
                        + " PROCEDURE_TYPE SMALLINT, SPECIFIC_NAME STRING");
    }

    @Override
    public ResultSet getProcedureColumns(
            String catalog, String schemas, String names, String columns) {
        return none(
                "PROCEDURE_CAT STRING, PROCEDURE_SCHEM STRING, PROCEDURE_NAME STRING,"
                        + " COLUMN_NAME STRING, COLUMN_TYPE SMALLINT, DATA_TYPE INTEGER,"
                        + " TYPE_NAME STRING, PRECISION INTEGER, LENGTH INTEGER, SCALE SMALLINT,"
                        + " RADIX SMALLINT, NULLABLE SMALLINT, REMARKS STRING, COLUMN_DEF STRING,"
                        + " SQL_DATA_TYPE INTEGER, SQL_DATETIME_SUB INTEGER,"
                        + " CHAR_OCTET_LENGTH INTEGER, ORDINAL_POSITION INTEGER,"
                        + " IS_NULLABLE STRING, SPECIFIC_NAME STRING");
    }

    @Override
    public ResultSet getUDTs(String catalog, String schemas, String names, int[] types) {
        return none(
                "TYPE_CAT STRING, TYPE_SCHEM STRING, TYPE_NAME STRING, CLASS_NAME STRING,"
                        + " DATA_TYPE INTEGER, REMARKS STRING, BASE_TYPE SMALLINT");
    }

    @Override
    public ResultSet getSuperTypes(String catalog, String schemas, String names) {
        return none(
                "TYPE_CAT STRING, TYPE_SCHEM STRING, TYPE_NAME STRING, SUPERTYPE_CAT STRING,"
                        + " SUPERTYPE_SCHEM STRING, SUPERTYPE_NAME STRING");
    }

    @Override
    public ResultSet getSuperTables(String catalog, String schemas, String names) {
        return none(
                "TABLE_CAT STRING, TABLE_SCHEM STRING, TABLE_NAME STRING, SUPERTABLE_NAME STRING");
    }

    @Override
    public ResultSet getAttributes(
            String catalog, String schemas, String names, String attributes) {
        return none(
                "TYPE_CAT STRING, TYPE_SCHEM STRING, TYPE_NAME STRING, ATTR_NAME STRING,"
                        + " DATA_TYPE INTEGER, ATTR_TYPE_NAME STRING, ATTR_SIZE INTEGER,"
                        + " DECIMAL_DIGITS INTEGER, NUM_PREC_RADIX INTEGER, NULLABLE INTEGER,"
                        + " REMARKS STRING, ATTR_DEF STRING, SQL_DATA_TYPE INTEGER,"
                        + " SQL_DATETIME_SUB INTEGER, CHAR_OCTET_LENGTH INTEGER,"
                        + " ORDINAL_POSITION INTEGER, IS_NULLABLE STRING, SCOPE_CATALOG STRING,"
                        + " SCOPE_SCHEMA STRING, SCOPE_TABLE STRING, SOURCE_DATA_TYPE SMALLINT");
    }

    @Override
    public ResultSet getClientInfoProperties() {
        return none("NAME STRING, MAX_LEN INTEGER, DEFAULT_VALUE STRING, DESCRIPTION STRING");
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public String getURL() {
        return connection.url();
    }

    @Override
    public String getUserName() {
        return System.getProperty("user.name");
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getDatabaseProductName() {
        return "Skep";
    }

    @Override
    public String getDatabaseProductVersion() {
        return Version.TEXT;
    }

    @Override
    public int getDatabaseMajorVersion() {
        return Version.MAJOR;
    }

    @Override
    public int getDatabaseMinorVersion() {
        return Version.MINOR;
    }

    @Override
    public String getDriverName() {
        return "Skep JDBC driver";
    }

    @Override
    public String getDriverVersion() {
        return Version.TEXT;
    }

    @Override
    public int getDriverMajorVersion() {
        return Version.MAJOR;
    }

    @Override
    public int getDriverMinorVersion() {
        return Version.MINOR;
    }

    @Override
    public int getJDBCMajorVersion() {
        return 4;
    }

    @Override
    public int getJDBCMinorVersion() {
        return 3;
    }

    @Override
    public int getSQLStateType() {
        return sqlStateSQL;
    }

    @Override
    public int getDefaultTransactionIsolation() {
        return Connection.TRANSACTION_REPEATABLE_READ;
    }

    @Override
    public int getResultSetHoldability() {
        return ResultSet.HOLD_CURSORS_OVER_COMMIT;
    }

    @Override
    public RowIdLifetime getRowIdLifetime() {
        return RowIdLifetime.ROWID_UNSUPPORTED;
    }

    @Override
    public String getIdentifierQuoteString() {
        return "`"; // a double quote works too, but stands for a string in some dialects
    }

    @Override
    public String getSearchStringEscape() {
        return "\\";
    }

    @Override
    public String getExtraNameCharacters() {
        return "";
    }

    @Override
    public String getSchemaTerm() {
        return "schema";
    }

    @Override
    public String getCatalogTerm() {
        return "";
    }

    @Override
    public String getProcedureTerm() {
        return "";
    }

    @Override
    public String getCatalogSeparator() {
        return ".";
    }

    @Override
    public String getSQLKeywords() throws SQLException {
        return String.join(",", connection.keywords());
    }

    @Override
    public String getNumericFunctions() {
        return ""; // tools that want to know ask getFunctions
    }

    @Override
    public String getStringFunctions() {
        return "";
    }

    @Override
    public String getSystemFunctions() {
        return "";
    }

    @Override
    public String getTimeDateFunctions() {
        return "";
    }

    @Override
    public <T> T unwrap(Class<T> wanted) throws SQLException {
        return Wrapping.unwrap(this, wanted);
    }

    @Override
    public boolean isWrapperFor(Class<?> wanted) {
        return wanted.isInstance(this);
    }
}
