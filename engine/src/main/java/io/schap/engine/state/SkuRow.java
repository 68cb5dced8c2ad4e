package io.schap.engine.state;

import java.util.List;

/**
 * Master data of a SKU; immutable, replaced whole when a field changes.
 *
 * @param index  its index, from 0, for ever.
 * @param code   its code, 1 to 64 printable ASCII characters.
 * @param name   its name.
 * @param active whether it takes requests and is listed.
 * @param gtins  its GTINs as numbers, each of one SKU only.
 * @param price  a decimal number as it was sent, or empty.
 */
public record SkuRow(int index, String code, String name, boolean active, List<Long> gtins, String price) {}
