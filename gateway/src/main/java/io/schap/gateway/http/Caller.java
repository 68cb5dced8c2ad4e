package io.schap.gateway.http;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Who asks, and what they may see and touch. It never changes: a key's rights are those that it was made with. */
public final class Caller {

    /** Anybody, while the server is open: everything, in full. */
    public static final Caller OPEN =
            new Caller(0, "open", false, EnumSet.allOf(Scope.class), List.of(), List.of(), Integer.MAX_VALUE);

    private final int actor;
    private final String name;
    private final boolean publishable;
    private final Set<Scope> scopes;
    private final CodeSet stores;
    private final CodeSet channels;
    private final int maxQuantityShown;

    /**
     * A caller.
     *
     * @param actor            the key's id, which stands in every command that it sends; 0 while the server is open.
     * @param name             of the key.
     * @param publishable      whether the key may be seen in a browser.
     * @param scopes           what it may do.
     * @param stores           codes of the stores that it is bound to; none for all.
     * @param channels         names of the sales channels that it is bound to; none for all.
     * @param maxQuantityShown the largest quantity that is shown to it, in units.
     */
    public Caller(
            final int actor,
            final String name,
            final boolean publishable,
            final Set<Scope> scopes,
            final Collection<String> stores,
            final Collection<String> channels,
            final int maxQuantityShown) {
        this.actor = actor;
        this.name = name;
        this.publishable = publishable;
        this.scopes = Set.copyOf(scopes);
        this.stores = stores.isEmpty() ? null : CodeSet.of(stores);
        this.channels = channels.isEmpty() ? null : CodeSet.of(channels);
        this.maxQuantityShown = maxQuantityShown;
    }

    /**
     * The key's id.
     *
     * @return from 1; 0 while the server is open.
     */
    public int actor() {
        return actor;
    }

    /**
     * The key's name.
     *
     * @return for a person.
     */
    public String name() {
        return name;
    }

    /**
     * Whether the key may be seen in a browser.
     *
     * @return true if so.
     */
    public boolean isPublishable() {
        return publishable;
    }

    /**
     * Whether the caller has a scope.
     *
     * @param scope which.
     * @return true if so.
     */
    public boolean has(final Scope scope) {
        return scopes.contains(scope);
    }

    /**
     * Whether there are stores that the caller may not see.
     *
     * @return true when it is bound to some.
     */
    public boolean isBoundToStores() {
        return stores != null;
    }

    /**
     * Whether the caller may see and touch a store.
     *
     * @param store its code.
     * @return true if so.
     */
    public boolean mayReach(final String store) {
        return stores == null || stores.contains(store);
    }

    /**
     * The same of a code that lies in an array.
     *
     * @param bytes  where it lies.
     * @param at     index of the code's first byte.
     * @param length in bytes.
     * @return true if so.
     */
    public boolean mayReach(final byte[] bytes, final int at, final int length) {
        return stores == null || stores.indexOf(bytes, at, length) >= 0;
    }

    /**
     * Whether the caller may act for a sales channel.
     *
     * @param channel its name.
     * @return true if so.
     */
    public boolean mayUse(final String channel) {
        return channels == null || channels.contains(channel);
    }

    /**
     * The largest quantity that is shown to the caller.
     *
     * @return in units.
     */
    public int maxQuantityShown() {
        return maxQuantityShown;
    }

    /**
     * Refuses a store that the caller may not see.
     *
     * @param store its code.
     */
    public void checkStore(final String store) {
        if (!mayReach(store)) {
            throw Problem.refusal(ProblemCode.FORBIDDEN, storeDetail(store));
        }
    }

    /**
     * Refuses what belongs to the whole chain to a caller that is bound to stores.
     *
     * @param what it is, as the end of "the key is bound to stores; it may not …".
     */
    public void checkUnbound(final String what) {
        if (stores != null) {
            throw Problem.refusal(ProblemCode.FORBIDDEN, "the key is bound to stores; it may not " + what);
        }
    }

    /**
     * Refuses a sales channel that the caller may not act for.
     *
     * @param channel its name.
     */
    public void checkChannel(final String channel) {
        if (!mayUse(channel)) {
            throw Problem.refusal(ProblemCode.FORBIDDEN, channelDetail(channel));
        }
    }

    /**
     * What is said of a store that the caller may not see.
     *
     * @param store its code.
     * @return a detail.
     */
    public static String storeDetail(final String store) {
        return "the key is bound to other stores than " + Faults.shown(store);
    }

    /**
     * What is said of a sales channel that the caller may not act for.
     *
     * @param channel its name.
     * @return a detail.
     */
    public static String channelDetail(final String channel) {
        return "the key is bound to other sales channels than " + Faults.shown(channel);
    }
}
