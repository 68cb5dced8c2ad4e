/**
 * Where commands enter: a ring of preallocated slots with many producers and one consumer. A command is copied into a slot
 * or refused at once; nobody waits.
 *
 * <pre>
 *  thread A ─┐ claim   ┌──────┬──────┬──────┬──────┬──────┐ available?
 *  thread B ─┼────────►│ slot │ slot │ slot │ slot │ slot │──────────► the writer copies a run of slots
 *  thread C ─┘ fill,   └──────┴──────┴──────┴──────┴──────┘            into a batch and releases them
 *              publish   port, correlation, length, 2,048 bytes
 * </pre>
 */
package io.schap.engine.ingress;
