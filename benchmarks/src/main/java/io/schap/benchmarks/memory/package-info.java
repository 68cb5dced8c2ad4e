/** What memory itself costs: the choice between pages on the heap and off it. */
package io.schap.benchmarks.memory;
