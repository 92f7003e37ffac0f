package io.firesteel.array;

/**
 * A stream of random numbers that is a function of its place alone (seed, epoch, shard, row, ...): SplitMix64, Steele
 * et al. 2014. Not thread-safe.
 */
public final class Random64 {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    public Random64(long seed, long... place) {
        long hash = mix(seed + GOLDEN);
        for (long part : place) hash = mix(mix(hash) + part + GOLDEN); // not a xor: (1, 2) and (2, 1) must differ
        state = hash;
    }

    public long nextLong() {
        state += GOLDEN;
        return mix(state);
    }

    /** Uniform in [0, 1), 53 bits. */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1p-53;
    }

    /** Uniform in [0, bound), without bias. */
    public int nextInt(int bound) {
        long limit = (1L << 32) - (1L << 32) % bound;
        while (true) {
            long draw = nextLong() >>> 32;
            if (draw < limit) return (int) (draw % bound);
        }
    }

    /** Standard normal by Box and Muller 1958; {@link StrictMath} gives the same bits on every machine. */
    public double nextGaussian() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
        return radius * StrictMath.cos(2 * Math.PI * nextDouble());
    }

    /** A number that is a function of its place alone, without an object: the seed of a row's own random numbers. */
    public static long at(long seed, long a, long b, long c) {
        long hash = mix(seed + GOLDEN);
        hash = mix(mix(hash) + a + GOLDEN);
        hash = mix(mix(hash) + b + GOLDEN);
        return mix(mix(hash) + c + GOLDEN);
    }

    /** The finalizer: a bijection of 64 bits that scatters them. */
    public static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
