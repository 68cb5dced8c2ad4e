package io.schap.loadtest;

/**
 * The cell of a line, by its codes.
 *
 * @param store the store's code.
 * @param sku   the SKU's code.
 */
record CellName(String store, String sku) {}
