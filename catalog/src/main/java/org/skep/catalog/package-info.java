/**
 * Names to definitions: schemas, tables over files, views. {@link org.skep.catalog.Catalog} is the
 * way in. What it knows is kept in a {@code CatalogDatabase}, a SQLite file of the warehouse folder
 * or PostgreSQL; schemas and tables of the warehouse may be on a REST server instead. {@code
 * CatalogSettings} reads which, {@code CatalogParts} puts it together. Several processes may use a
 * catalog at once. {@link org.skep.catalog.TemporaryViews} belong to one session and are not kept.
 *
 * <p>Rule of the package: nothing on disk is touched, and no driver is even loaded, until a
 * definition is written or there is a catalog to be read.
 *
 * <p>To add another kind of catalog, start at {@code CatalogSettings.Type}; the compiler leads from
 * there to what must be implemented.
 */
package org.skep.catalog;
