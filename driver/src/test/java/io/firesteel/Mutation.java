package io.firesteel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** A change of a file that a disk, an editor or a transfer may make; the same for one seed. */
public final class Mutation {
    private static final String[] PIECES = {
        "\"",
        "-",
        "NaN",
        "1e999",
        "\0",
        "\u00ff",
        ",",
        ":",
        "{",
        "]",
        "999999999999",
        "-1",
        " ",
        "\t",
        "#",
        "null",
        "\\",
        "0x1p3"
    };

    private Mutation() {}

    /** Changed bytes; never those that were given. */
    public static byte[] of(byte[] bytes, long seed) {
        Random random = new Random(seed);
        byte[] changed = bytes;
        while (Arrays.equals(changed, bytes)) changed = once(bytes, random);
        return changed;
    }

    private static byte[] once(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length), count = 1 + random.nextInt(Math.min(40, bytes.length - at));
        switch (random.nextInt(6)) {
            case 0 -> { // a bit flips
                byte[] changed = bytes.clone();
                changed[at] ^= (byte) (1 << random.nextInt(8));
                return changed;
            }
            case 1 -> {
                return Arrays.copyOf(bytes, at); // the end is lost
            }
            case 2 -> {
                return spliced(bytes, at, count, new byte[0]); // a piece is lost
            }
            case 3 -> {
                return spliced(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + count)); // a piece comes twice
            }
            case 4 -> {
                byte[] noise = new byte[count];
                random.nextBytes(noise);
                return spliced(bytes, at, count, noise);
            }
            default -> {
                byte[] piece = PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8);
                return spliced(bytes, at, random.nextInt(2), piece);
            }
        }
    }

    /** The bytes with {@code count} of them, from {@code at} on, replaced. */
    private static byte[] spliced(byte[] bytes, int at, int count, byte[] by) {
        byte[] all = new byte[bytes.length - count + by.length];
        System.arraycopy(bytes, 0, all, 0, at);
        System.arraycopy(by, 0, all, at, by.length);
        System.arraycopy(bytes, at + count, all, at + by.length, bytes.length - at - count);
        return all;
    }
}
