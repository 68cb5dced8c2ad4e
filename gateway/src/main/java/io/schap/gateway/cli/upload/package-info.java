/** Sends files to a server's imports, for {@code bin/schap import}: over HTTP, as any other client would. */
package io.schap.gateway.cli.upload;
