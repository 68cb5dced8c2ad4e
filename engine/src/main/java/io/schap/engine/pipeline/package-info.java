/**
 * The one writer: our own event processor on the command ring.
 *
 * <pre>
 *            ┌───────────────────────────────── one batch ─────────────────────────────────┐
 *  ring ───► │ tick if due, commands ─► append ─► force ─► apply each ─► view ─► answers ─► wake-ups
 *            └──────────────────────────────────────────────────────────────────────────────┘
 *                 any Throwable: no answers of this batch, HALTED, fault noted, halt handler
 * </pre>
 */
package io.schap.engine.pipeline;
