/** The journal as a person or a script reads it: commands and answers in JSON, with codes instead of indexes. */
package io.schap.gateway.cli.dump;
