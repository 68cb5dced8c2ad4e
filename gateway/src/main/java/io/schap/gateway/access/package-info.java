/**
 * Who may come in, and how the line is sealed.
 *
 * <pre>
 *   keys.json ──► LiveKeys ──► KeyTable          read again when it changes, replaced whole
 *                                  │
 *   connection: Peer (PROXY, TLS)  ▼
 *   request ──► Visit ──► key ──► Caller ──► limits ──► route's needs      401, 403, 429, with an audit line
 *   reply   ◄── Visit ◄── CORS headers
 * </pre>
 *
 * <p>One {@link io.schap.gateway.access.Access} for a gateway, one {@link io.schap.gateway.access.Gate} for each of its
 * event loops, one {@link io.schap.gateway.access.Visit} for each request.
 */
package io.schap.gateway.access;
