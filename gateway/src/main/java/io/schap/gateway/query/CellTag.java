package io.schap.gateway.query;

import io.schap.engine.state.CellReading;
import io.schap.gateway.http.EntityTags;

/**
 * The tag of what is shown of a cell. It is made of the cell's version, which every change of the cell raises and which
 * survives a restart; of the policy in force, which a store may change for all its cells; and of the cap up to which a
 * caller is shown quantities. The quantity itself is in it too, so that a server with another chain on the same address
 * does not pass for this one.
 */
public final class CellTag {

    /** The cap of a caller who is shown everything. */
    public static final int NO_CAP = Integer.MAX_VALUE;

    private CellTag() {}

    /**
     * The tag of one cell's availability.
     *
     * @param cell as read at one moment.
     * @param cap  most units that the caller is shown, {@link #NO_CAP} for all.
     * @return to be put into a header by {@link EntityTags#text}.
     */
    public static long of(final CellReading cell, final int cap) {
        return mix(EntityTags.SEED, cell, cap);
    }

    /** The tag of what came before and of this cell. */
    static long mix(final long tag, final CellReading cell, final int cap) {
        final long version = EntityTags.mix(tag, (long) cell.available() << 32 | cell.version() & 0xffff_ffffL);
        return EntityTags.mix(EntityTags.mix(version, cell.policy()), cap);
    }
}
