/**
 * The proof for a sceptic: shoppers race for the last units while the server is killed. It looks at the server from
 * outside only: HTTP, signals, and the files that a dead process leaves.
 */
package io.schap.gateway.cli.prove;
