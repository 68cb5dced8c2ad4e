/**
 * What is asked and what is answered: the SBE schema's generated codecs, the codes that go with them, and the keyed
 * functions of the edge (hashes of texts and keys, reservation ids).
 */
package io.schap.engine.command;
