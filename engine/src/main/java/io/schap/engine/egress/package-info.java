/**
 * Where answers leave: each port has a ring of its own, written by the writer and read by the port's owner. Credits, taken
 * with each command and given back with each answer that was handled, bound what is under way, so that a ring which has
 * room for the worst of all credits never overflows and the writer never waits.
 */
package io.schap.engine.egress;
