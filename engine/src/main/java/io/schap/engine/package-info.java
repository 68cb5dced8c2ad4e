/**
 * The engine of Schap: one writer takes commands from a ring, journals and forces a batch of them, and applies each to
 * the state; readers read the same cells without waiting. {@link io.schap.engine.Engine} is the only door.
 *
 * <pre>
 *  EnginePort.offer         StockWriter, one thread                                        EnginePort.poll
 *  ──────────────► ingress ──────────────────────────────────────────────────► egress ──────────────►
 *                  slots     journal: append, force ─► state: apply ─► view    answer rings
 *                                   │                        │
 *                                   ▼                        ▼
 *                            recovery, at launch       StockView, any thread       status: what all of it took
 * </pre>
 */
package io.schap.engine;
