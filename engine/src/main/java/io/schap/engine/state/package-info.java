/**
 * The state machine: {@code apply} of one command after another on counters, reservations and remembered answers. Pure:
 * no clock, no I/O, no threads, no randomness; the same commands give the same state, hash and answers everywhere.
 */
package io.schap.engine.state;
