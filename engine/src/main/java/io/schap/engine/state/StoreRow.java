package io.schap.engine.state;

/**
 * Master data of a store; immutable, replaced whole when a field changes.
 *
 * @param index     its index, from 0, for ever.
 * @param code      its code, 1 to 64 printable ASCII characters.
 * @param name      its name.
 * @param warehouse true for a warehouse, false for a shop.
 * @param pickup    whether goods can be picked up there.
 * @param active    whether it takes requests and is listed.
 * @param located   whether it has coordinates.
 * @param latitude  degrees, 0 without coordinates.
 * @param longitude degrees, 0 without coordinates.
 * @param country   its country, or empty.
 */
public record StoreRow(
        int index,
        String code,
        String name,
        boolean warehouse,
        boolean pickup,
        boolean active,
        boolean located,
        double latitude,
        double longitude,
        String country) {}
