/** The command line: {@code bin/schap} and its subcommands. */
package io.schap.gateway.cli;
