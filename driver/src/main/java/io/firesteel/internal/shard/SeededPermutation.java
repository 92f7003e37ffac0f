package io.firesteel.internal.shard;

import io.firesteel.array.Random64;

/**
 * A seeded permutation of 0..size-1 that needs no memory: a Feistel network over the next power of four, applied until
 * the result is below size (cycle walking, Black and Rogaway 2002).
 */
public final class SeededPermutation {
    private final long size;
    private final int half; // bits of one half
    private final long mask;
    private final long key0, key1, key2, key3;

    public SeededPermutation(long size, long seed, long... place) {
        Random64 random = new Random64(seed, place);
        this.size = size;
        this.half = Math.max(1, (65 - Long.numberOfLeadingZeros(Math.max(1, size - 1))) / 2);
        this.mask = (1L << half) - 1;
        key0 = random.nextLong();
        key1 = random.nextLong();
        key2 = random.nextLong();
        key3 = random.nextLong();
    }

    /** The image of {@code index}, in [0, size). */
    public long at(long index) {
        long value = index;
        do {
            long left = value >>> half, right = value & mask;
            left ^= Random64.mix(right ^ key0) & mask;
            right ^= Random64.mix(left ^ key1) & mask;
            left ^= Random64.mix(right ^ key2) & mask;
            right ^= Random64.mix(left ^ key3) & mask;
            value = left << half | right;
        } while (value >= size);
        return value;
    }
}
