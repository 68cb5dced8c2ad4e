package io.schap.gateway.imports;

import io.schap.engine.command.Limits;
import io.schap.engine.view.StockView;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Finds the code that was meant: spreadsheets drop leading zeros and people vary case. Stores are compared with all
 * others, which are few; of SKUs, which may be millions, only the likely spellings are looked up.
 */
final class CodeHints {

    private static final int MAX_PADDED = 18;

    private final StockView view;
    private Map<String, String> stores;

    CodeHints(final StockView view) {
        this.view = view;
    }

    /** What an error says of a store that is not known. */
    String ofStore(final String code) {
        if (view.storeIndex(code) >= 0) {
            return saidBefore("store", code);
        }
        if (stores == null) {
            stores = new HashMap<>();
            for (final String known : view.storesByCode().keySet()) {
                stores.put(reduce(known), known);
            }
        }
        return said("store", code, stores.get(reduce(code)));
    }

    /** What an error says of a SKU that is not known. */
    String ofSku(final String code) {
        if (view.skuIndex(code) >= 0) {
            return saidBefore("SKU", code);
        }
        final String bare = code.substring(zeros(code));
        for (final String spelling :
                new String[] {bare, bare.toUpperCase(Locale.ROOT), bare.toLowerCase(Locale.ROOT)}) {
            String padded = spelling;
            do {
                if (!padded.isEmpty() && view.skuIndex(padded) >= 0) {
                    return said("SKU", code, padded);
                }
                padded = "0" + padded;
            } while (padded.length() <= Math.min(MAX_PADDED, Limits.MAX_CODE_BYTES));
        }
        return said("SKU", code, null);
    }

    /** The answer is remembered from an earlier try, and the code was made since. */
    private static String saidBefore(final String what, final String code) {
        return "there was no " + what + " " + RowRejected.quote(code) + " when the row was taken";
    }

    private static String said(final String what, final String code, final String meant) {
        return meant == null
                ? "there is no " + what + " " + RowRejected.quote(code)
                : RowRejected.quote(code) + ": " + RowRejected.quote(meant) + " exists";
    }

    private static String reduce(final String code) {
        return code.substring(zeros(code)).toLowerCase(Locale.ROOT);
    }

    private static int zeros(final String code) {
        int zeros = 0;
        while (zeros < code.length() && code.charAt(zeros) == '0') {
            zeros++;
        }
        return zeros;
    }
}
