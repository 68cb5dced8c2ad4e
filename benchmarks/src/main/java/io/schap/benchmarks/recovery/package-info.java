/** What coming back from the journal costs. */
package io.schap.benchmarks.recovery;
