/**
 * Reads of the ledger from any thread, wait-free, beside its single writer. The ledger's own rows are the view; there is
 * no second copy.
 */
package io.schap.engine.view;
