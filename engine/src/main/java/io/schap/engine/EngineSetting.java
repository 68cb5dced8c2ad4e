package io.schap.engine;

import java.util.Locale;

/** The numbers that an engine is set up with: name, default, bounds. None of them changes what a command does. */
public enum EngineSetting {

    /** Slots of the command ring, 2 KB each; a power of two. */
    RING_SLOTS("engine.ring.slots", 8_192, 16, 1 << 19),
    /** Credits of a port that asks for no other number; a port takes 4 KB of memory a credit. */
    PORT_CREDITS("engine.port.credits", 1_024, 1, 65_536),
    /** Most commands of a batch; it holds at most 1 MB as well. */
    BATCH_COMMANDS("engine.batch.commands", 1_024, 1, 8_192),
    /** How long the idle writer looks for work before it parks, in microseconds. */
    SPIN_MICROS("engine.spin.micros", 20, 0, 10_000),
    /** Prepared bytes of a journal file, a multiple of 256 KB. */
    SEGMENT_BYTES("engine.segment.bytes", 64 << 20, 256 << 10, 1 << 30),
    /** Movements that are remembered for stock files with a {@code takenAt}, 16 bytes each; a power of two. */
    MOVEMENTS_REMEMBERED("engine.movements.remembered", 1 << 20, 4_096, 1 << 26);

    private final String label;
    private final long defaultValue;
    private final long min;
    private final long max;

    EngineSetting(final String label, final long defaultValue, final long min, final long max) {
        this.label = label;
        this.defaultValue = defaultValue;
        this.min = min;
        this.max = max;
    }

    /**
     * The setting of a name.
     *
     * @param label as in a configuration file.
     * @return the setting.
     * @throws IllegalArgumentException when there is none of that name.
     */
    public static EngineSetting of(final String label) {
        for (final EngineSetting setting : values()) {
            if (setting.label.equals(label.toLowerCase(Locale.ROOT))) {
                return setting;
            }
        }
        throw new IllegalArgumentException("no such setting: name=" + label);
    }

    /**
     * The name in a configuration file.
     *
     * @return lower case with dots, the unit last.
     */
    public String label() {
        return label;
    }

    /**
     * What holds when nothing is said.
     *
     * @return a value within the bounds.
     */
    public long defaultValue() {
        return defaultValue;
    }

    /**
     * The smallest value.
     *
     * @return inclusive.
     */
    public long min() {
        return min;
    }

    /**
     * The largest value.
     *
     * @return inclusive.
     */
    public long max() {
        return max;
    }

    long checked(final long value) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "setting out of range: " + label + "=" + value + ", min=" + min + ", max=" + max);
        }
        return value;
    }
}
