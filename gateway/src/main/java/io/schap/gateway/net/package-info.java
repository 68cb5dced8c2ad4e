/**
 * Sockets: event loops on the fastest transport that works, requests in, answers out in order, and a bound on everything
 * a connection may hold or wait for. It knows routes, not what they do.
 */
package io.schap.gateway.net;
