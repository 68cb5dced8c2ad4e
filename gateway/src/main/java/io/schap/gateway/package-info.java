/**
 * The edge of Schap: HTTP in front of the engine.
 *
 * <pre>
 *   cli ──► Gateway ──► net        sockets, event loops, requests in and answers out
 *                  │      └──► access  who may come in, and what they may see and touch
 *                  ├──► query      reads, straight from the view
 *                  ├──► command    writes: parse, check, encode, offer, answer
 *                  ├──► imports    files, streamed, in bounded memory
 *                  └─── all of them ──► http   what a request, a route, a problem and a JSON body are
 * </pre>
 *
 * <p>How a process uses it: {@code Gateway.launch(context)} listens, and answers {@code healthz} and 503; once the engine
 * has recovered, {@code gateway.attach(engine)} opens the API; {@code gateway.drain()} says 503 to {@code readyz} and
 * finishes what is in flight; {@code gateway.close()} closes what is left. {@code gateway.port()} is the port in use.
 */
package io.schap.gateway;
