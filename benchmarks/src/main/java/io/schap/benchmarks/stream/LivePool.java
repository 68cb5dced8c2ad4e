package io.schap.benchmarks.stream;

/** Numbers of live reservations, out of which one is taken at random. */
final class LivePool {

    private final int wanted;
    private long[] numbers;
    private int size;

    /** A pool that is full at {@code wanted} numbers; it may grow beyond. */
    LivePool(final int wanted) {
        this.wanted = wanted;
        this.numbers = new long[wanted + wanted / 4 + 16];
    }

    boolean isFull() {
        return size >= wanted;
    }

    /** Whether it holds a quarter more than wanted: a small pool's random walk is stopped there. */
    boolean isOver() {
        return size > wanted + wanted / 4;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(final long number) {
        if (size == numbers.length) {
            numbers = java.util.Arrays.copyOf(numbers, size * 2);
        }
        numbers[size++] = number;
    }

    long takeAny(final Splitter random) {
        final int at = random.below(size);
        final long number = numbers[at];
        numbers[at] = numbers[--size];
        return number;
    }
}
