/**
 * The engine of Schap: one writer takes commands from a ring, journals and forces a batch of them, and applies each to
 * the state; readers read the same cells without waiting.
 */
package io.schap.engine;
