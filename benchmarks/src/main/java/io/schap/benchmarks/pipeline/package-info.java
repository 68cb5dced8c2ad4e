/** What the writer does between batches, measured. */
package io.schap.benchmarks.pipeline;
