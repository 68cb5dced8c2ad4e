package io.schap.gateway.imports;

/**
 * A command that was offered and not answered yet: a part, or a code that parts wait for.
 *
 * @param part that was sent or asked about; null for a code.
 * @param code to be made; null for a part.
 */
record Ask(Part part, Code code) {

    static Ask of(final Part part) {
        return new Ask(part, null);
    }

    static Ask of(final Code code) {
        return new Ask(null, code);
    }

    /** What a code names. */
    enum CodeKind {
        STORE,
        SKU,
        CHANNEL
    }

    /**
     * A code that is made if there is none.
     *
     * @param kind   what it names.
     * @param text   the code.
     * @param serial counts the codes that the import asked for, from 1.
     */
    record Code(CodeKind kind, String text, long serial) {}
}
