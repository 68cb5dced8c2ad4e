package io.schap.loadtest;

/** The requests that a line is made of: RESERVE, then FULFIL when granted; or RETURN alone. */
enum SaleStep {
    RESERVE,
    FULFIL,
    RETURN
}
