/**
 * Reads, straight from the engine's view: no read crosses the ring, and none waits. Every answer names a sequence that was
 * read before the cells, so that it includes at least everything up to it. One set of handlers serves one event loop.
 */
package io.schap.gateway.query;
