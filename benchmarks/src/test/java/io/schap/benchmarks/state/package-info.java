/** That what is measured is what is meant. */
package io.schap.benchmarks.state;
