package io.mhras.migrations.schema.snapshot;

/**
 * The place of an object in the catalog. It never leaves the reader: another server has the same object elsewhere.
 *
 * @param catalog the oid of the system table
 * @param object its oid
 * @param column its number in its table; 0 for the object itself
 */
record CatalogAddress(long catalog, long object, int column) {

    CatalogAddress whole() {
        return column == 0 ? this : new CatalogAddress(catalog, object, 0);
    }
}
