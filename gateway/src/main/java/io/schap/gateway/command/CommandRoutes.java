package io.schap.gateway.command;

import io.schap.engine.view.StockView;
import io.schap.gateway.http.Routes;

/** The writes of the API. */
public final class CommandRoutes {

    private CommandRoutes() {}

    /**
     * Adds the writes to the routes of one event loop.
     *
     * @param routes of the loop.
     * @param view   where codes are looked up.
     * @param link   the loop's way to the engine.
     */
    public static void add(final Routes routes, final StockView view, final EngineLink link) {
        final CommandDesk desk = new CommandDesk(view, link);
        final SalesChannels channels = new SalesChannels(desk);
        final StepPosts steps = new StepPosts(desk);
        final MasterDataPuts masterData = new MasterDataPuts(desk);
        final PolicyPatches policies = new PolicyPatches(desk);
        routes.on("POST", "/v1/reservations", new ReservePost(desk, channels)::handle)
                .on("POST", "/v1/reservations/{id}/confirm", steps::confirm)
                .on("POST", "/v1/reservations/{id}/extend", steps::extend)
                .on("POST", "/v1/reservations/{id}/fulfil", steps::fulfil)
                .on("POST", "/v1/reservations/{id}/release", steps::release)
                .on("POST", "/v1/stock/movements", new MovementsPost(desk, channels)::handle)
                .on("PUT", "/v1/stores/{store}", masterData::store)
                .on("PUT", "/v1/skus/{sku}", masterData::sku)
                .on("PATCH", "/v1/stores/{store}/policy", policies::ofStore)
                .on("PATCH", "/v1/stores/{store}/skus/{sku}/policy", policies::ofCell);
    }
}
