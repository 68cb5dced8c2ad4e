/**
 * Measurements, each beside its rival in the same run. What is small and has no history is a JMH benchmark; what has to
 * be brought to a steady state of gigabytes first is a tool of its own, with rounds that take turns ({@link
 * io.schap.benchmarks.Rounds}). The packages below mirror those of the engine.
 */
package io.schap.benchmarks;
