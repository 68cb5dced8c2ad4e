/**
 * What a request and its answer are, apart from sockets: routes, parameters, JSON in and out, and problems. Handlers in
 * {@code query}, {@code command} and {@code imports} are written against this package; {@code net} drives it.
 */
package io.schap.gateway.http;
