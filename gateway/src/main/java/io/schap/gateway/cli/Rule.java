package io.schap.gateway.cli;

import java.util.List;
import java.util.regex.Pattern;

/** What a setting may hold. */
sealed interface Rule {

    /** Whether a text is allowed. */
    boolean allows(String text);

    /** What is allowed, as the end of a sentence. */
    @Override
    String toString();

    /** A whole number within bounds. */
    record Number(long min, long max) implements Rule {

        private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,18}");

        @Override
        public boolean allows(final String text) {
            if (!DIGITS.matcher(text).matches()) {
                return false;
            }
            final long value = Long.parseLong(text);
            return value >= min && value <= max;
        }

        @Override
        public String toString() {
            return "a whole number from " + min + " to " + max;
        }
    }

    /** One of some words. */
    record Word(List<String> words) implements Rule {

        static Word of(final String... words) {
            return new Word(List.of(words));
        }

        @Override
        public boolean allows(final String text) {
            return words.contains(text);
        }

        @Override
        public String toString() {
            return String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.get(words.size() - 1);
        }
    }

    /** Any text; what it names is looked at where it is used. */
    record Text(String what) implements Rule {

        @Override
        public boolean allows(final String text) {
            return text.chars().noneMatch(Character::isISOControl);
        }

        @Override
        public String toString() {
            return what;
        }
    }
}
