package io.schap.gateway.query;

import io.schap.engine.state.ReservationReading;
import io.schap.engine.view.StockView;
import io.schap.gateway.http.Caller;

/** Whether a caller that is bound to stores may see and touch a reservation: all of its stores must be allowed. */
public final class ReservationReach {

    private final StockView view;
    private final ReservationReading reading = new ReservationReading();

    /**
     * For one thread.
     *
     * @param view where reservations are read.
     */
    public ReservationReach(final StockView view) {
        this.view = view;
    }

    /**
     * Refuses a reservation of another store. One whose record is no longer kept is closed: nothing can be done to it, and
     * its answer names no store.
     *
     * @param caller who asks.
     * @param number of the reservation.
     */
    public void check(final Caller caller, final long number) {
        if (caller.isBoundToStores() && number > 0 && view.readReservation(number, reading)) {
            check(caller, view, reading);
        }
    }

    static void check(final Caller caller, final StockView view, final ReservationReading reading) {
        if (caller.isBoundToStores()) {
            for (int i = 0; i < reading.lineCount(); i++) {
                caller.checkStore(view.store(reading.store(i)).code());
            }
        }
    }
}
