/**
 * Load on a running server, from outside, over HTTP. {@link io.schap.loadtest.RetailTrial} plays nine months of real
 * sales and compares every cell with a model of plain maps:
 *
 * <pre>
 *  transactions.csv.gz ─► CellSchedule ─► SalePlayer: many connections, one event loop ─► server (a child process)
 *         │               (file order, one line a cell at a time)          │                  killed on the way, if asked
 *         └─► NaiveStock ─────────────────────► compared ◄── SaleTally ◄───┘
 *                                                  ▲
 *                                                  └── GET /v1/stores/{store}/stock, all pages
 * </pre>
 */
package io.schap.loadtest;
