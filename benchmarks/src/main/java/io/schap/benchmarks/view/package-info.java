/** What a read costs. */
package io.schap.benchmarks.view;
