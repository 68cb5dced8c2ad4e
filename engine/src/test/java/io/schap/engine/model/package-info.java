/**
 * The ledger a second time, written to be obviously right instead of fast: plain maps and records. Its parts serve every
 * test: {@link io.schap.engine.model.Commands} encodes commands, {@link io.schap.engine.model.Answer} decodes answers.
 */
package io.schap.engine.model;
