/**
 * From the journal back to the state. What is there is read and judged first, into a {@link
 * io.schap.engine.recovery.RecoveryPlan} that a person can read; then the plan is run.
 *
 * <pre>
 *   force last epoch ─► read all, check all ─► plan (told) ─► replay: hash before each batch ─► record of the next epoch
 * </pre>
 */
package io.schap.engine.recovery;
