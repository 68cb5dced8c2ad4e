package io.schap.gateway.query;

import io.schap.engine.view.StockView;
import io.schap.gateway.http.EntityTags;
import io.schap.gateway.http.Routes;

/** The reads of the API. */
public final class QueryRoutes {

    private QueryRoutes() {}

    /**
     * Adds the reads to the routes of one event loop.
     *
     * @param routes       of the loop.
     * @param view         what is read.
     * @param cacheSeconds how long a cache may show availability without asking again; 0 for never.
     */
    public static void add(final Routes routes, final StockView view, final int cacheSeconds) {
        final String caching = EntityTags.caching(cacheSeconds);
        final CellReads cells = new CellReads(view, caching);
        final BulkAvailability bulk = new BulkAvailability(view, caching);
        final StockLists lists = new StockLists(view);
        final MasterDataReads masterData = new MasterDataReads(view);
        final PolicyReads policies = new PolicyReads(view);
        routes.on("GET", "/v1/stores/{store}/skus/{sku}/availability", cells::availability)
                .on("GET", "/v1/skus/{sku}/availability", new SkuAvailability(view, caching)::read)
                .on("GET", "/v1/availability", bulk::get)
                .on("POST", "/v1/availability", bulk::post)
                .on("POST", "/v1/baskets/availability", new BasketAvailability(view)::post)
                .on("GET", "/v1/reservations/{id}", new ReservationReads(view)::read)
                .on("GET", "/v1/stores/{store}/skus/{sku}/stock", cells::stock)
                .on("GET", "/v1/stores/{store}/stock", lists::ofStore)
                .on("GET", "/v1/skus/{sku}/stock", lists::ofSku)
                .on("GET", "/v1/stores", masterData::stores)
                .on("GET", "/v1/skus", masterData::skus)
                .on("GET", "/v1/stores/{store}", masterData::store)
                .on("GET", "/v1/skus/{sku}", masterData::sku)
                .on("GET", "/v1/stores/{store}/policy", policies::ofStore)
                .on("GET", "/v1/stores/{store}/skus/{sku}/policy", policies::ofCell);
    }
}
