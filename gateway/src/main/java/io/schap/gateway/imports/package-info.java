/**
 * CSV files of any size into the engine, in constant memory. An upload's bytes wait in a bounded pipe; an import worker
 * pulls them through a decoder that keeps what it cannot read visible, cuts them into rows, checks each row by itself, and
 * asks the engine in parts whose cuts depend on the rows alone, so that an upload sent again goes on where it stopped.
 *
 * <pre>
 *  event loop                 import worker
 *  pieces ─► UploadPipe ─► (gunzip) ─► StrictReader ─► RecordCutter ─► RowReader ─► parser of the kind ─► part
 *     ▲ pause, resume ◄──────┘                                                                         │
 *     └──── answer ◄──── ImportTally ◄──── answers ◄──── EnginePort ◄──── PartPipeline ◄───────────────┘
 * </pre>
 */
package io.schap.gateway.imports;
