package io.schap.gateway.command;

/**
 * What makes a request the same one again.
 *
 * @param actor         who sends it.
 * @param key           as sent; null for a request without one.
 * @param fingerprintHi high half of the hash of what it asks.
 * @param fingerprintLo low half of it.
 */
record RequestKey(int actor, String key, long fingerprintHi, long fingerprintLo) {}
