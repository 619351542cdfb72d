/**
 * Names to definitions: schemas, tables over files, views. {@link org.skep.catalog.Catalog} is the
 * way in; what it knows is kept in one SQLite file of the warehouse folder, which several processes
 * may use at once. {@link org.skep.catalog.TemporaryViews} belong to one session and are not kept.
 *
 * <p>Rule of the package: nothing on disk is touched, and SQLite is not even loaded, until a
 * definition is written or a catalog file is there to be read.
 */
package org.skep.catalog;
