/** What a list of reads costs, from the bytes of its request to the bytes of its answer. */
package io.schap.benchmarks.query;
