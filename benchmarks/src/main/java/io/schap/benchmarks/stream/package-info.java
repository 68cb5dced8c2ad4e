/** Commands to measure with, encoded ahead of the measured part. */
package io.schap.benchmarks.stream;
