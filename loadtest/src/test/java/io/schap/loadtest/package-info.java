/** Tests of the load: its parts alone, and the whole on real sales where they are at hand. */
package io.schap.loadtest;
