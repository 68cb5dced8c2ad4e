package io.schap.gateway.http;

/** JSON pointers (RFC 6901). */
public final class Pointers {

    private Pointers() {}

    /**
     * The pointer of a member.
     *
     * @param object the pointer of the object.
     * @param name   of the member.
     * @return a pointer.
     */
    public static String member(final String object, final String name) {
        final boolean plain = name.indexOf('~') < 0 && name.indexOf('/') < 0;
        return object + '/' + (plain ? name : name.replace("~", "~0").replace("/", "~1"));
    }

    /**
     * The pointer of an item.
     *
     * @param array the pointer of the array.
     * @param index of the item, from 0.
     * @return a pointer.
     */
    public static String item(final String array, final int index) {
        return array + '/' + index;
    }
}
