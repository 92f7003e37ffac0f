package io.firesteel.internal.block;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A chunk of float rows, written once: as floats or, if at most 256 different numbers occur, as one-byte codes into a
 * dictionary. Pixels that arrive as floating-point columns then take a quarter of the memory; the encoding is exact.
 */
final class PackedFloats implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int CODES = 256, SLOTS = 1024; // of a hash table: a power of 2, at most a quarter used

    private final float[] numbers; // the rows, or their different numbers in order of first occurrence
    private final byte[] codes; // null if numbers are the rows

    private PackedFloats(float[] numbers, byte[] codes) {
        this.numbers = numbers;
        this.codes = codes;
    }

    /** Copies the first {@code count} numbers of {@code rows}. */
    static PackedFloats of(float[] rows, int count) {
        byte[] codes = new byte[count];
        float[] found = new float[CODES];
        int[] keys = new int[SLOTS], slots = new int[SLOTS]; // the float's bits; 1 + its code, or 0
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

    /** Copies {@code count} numbers from index {@code from}. */
    void copy(int from, int count, float[] to, int at) {
        if (codes == null) System.arraycopy(numbers, from, to, at, count);
        else for (int i = 0; i < count; i++) to[at + i] = numbers[codes[from + i] & 0xff];
    }
}
