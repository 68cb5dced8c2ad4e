/**
 * Writes: a request is parsed and checked whole, encoded as a command, offered to the engine's ring, and answered when the
 * engine answers. An event loop never waits for that: what is under way stands in a table, by its correlation id.
 *
 * <pre>
 *   body ──► JsonReader ──► a handler checks ──► codes to indexes ──► SBE ──► EngineLink ──► ring
 *                                                                                │
 *   reply ◄── AnswerReplies (the answer's bytes alone decide what is said) ◄─────┘ on the loop, after its wake-up
 * </pre>
 */
package io.schap.gateway.command;
