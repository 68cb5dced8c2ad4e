/**
 * What is told of the gateway's work: counters that one event loop writes and a scrape reads, request ids, the access log,
 * and {@code /metrics}, which shows all of it with the engine's own counters.
 */
package io.schap.gateway.watch;
