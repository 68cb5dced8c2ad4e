package io.schap.gateway.command;

/**
 * What makes a request the same one again.
 *
 * @param key           as sent; null for a request without one.
 * @param fingerprintHi high half of the hash of what it asks.
 * @param fingerprintLo low half of it.
 */
record RequestKey(String key, long fingerprintHi, long fingerprintLo) {}
