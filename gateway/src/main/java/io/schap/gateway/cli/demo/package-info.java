/** A made-up chain to try Schap on: shops, articles and stock that are the same on every machine. */
package io.schap.gateway.cli.demo;
