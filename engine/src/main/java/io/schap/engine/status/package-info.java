/**
 * What the engine did and how long it took: counters and histograms with one writer, in a mapped file of the data
 * directory that another process can read at any time, also after the engine's death.
 */
package io.schap.engine.status;
