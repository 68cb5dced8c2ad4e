/** What it costs to apply commands, and what a cell costs. */
package io.schap.benchmarks.state;
