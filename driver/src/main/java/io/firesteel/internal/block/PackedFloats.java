package io.firesteel.internal.block;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Some rows of floats, written once: as they are or, where no more than 256 different numbers occur, as a byte each
 * that says which. Pixels that went through a table as numbers take a quarter of the memory so, and every bit is kept.
 */
final class PackedFloats implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int CODES = 256, SLOTS = 1024; // SLOTS a power of 2, seldom more than a quarter taken

    private final float[] numbers; // the rows, or what occurs in them in the order of its first place
    private final byte[] codes; // null where numbers are the rows

    private PackedFloats(float[] numbers, byte[] codes) {
        this.numbers = numbers;
        this.codes = codes;
    }

    /** Of the first {@code count} numbers of {@code rows}, copied. */
    static PackedFloats of(float[] rows, int count) {
        byte[] codes = new byte[count];
        float[] found = new float[CODES];
        int[] keys = new int[SLOTS], slots = new int[SLOTS]; // the bits, and 1 + their code, or 0
        int known = 0;
        for (int i = 0; i < count; i++) {
            int bits = Float.floatToRawIntBits(rows[i]), slot = bits * 0x9E3779B9 >>> 22;
            while (slots[slot] != 0 && keys[slot] != bits) slot = slot + 1 & SLOTS - 1;
            if (slots[slot] == 0) {
                if (known == CODES) return new PackedFloats(Arrays.copyOf(rows, count), null);
                found[known] = rows[i];
                keys[slot] = bits;
                slots[slot] = ++known;
            }
            codes[i] = (byte) (slots[slot] - 1);
        }
        return new PackedFloats(Arrays.copyOf(found, known), codes);
    }

    /** Copies {@code count} numbers from place {@code from}. */
    void copy(int from, int count, float[] to, int at) {
        if (codes == null) System.arraycopy(numbers, from, to, at, count);
        else for (int i = 0; i < count; i++) to[at + i] = numbers[codes[from + i] & 0xff];
    }
}
