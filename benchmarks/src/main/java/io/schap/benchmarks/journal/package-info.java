/**
 * The journal beside a plain preallocated file, batch by batch and over the end of a segment. Files are made under {@code
 * java.io.tmpdir}, which has to be on the disk that is meant.
 */
package io.schap.benchmarks.journal;
