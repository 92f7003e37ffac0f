package io.firesteel.internal.shard;

import io.firesteel.internal.shard.PackedPartition.Segment;
import io.firesteel.internal.shard.PackedPartition.Tally;
import io.firesteel.spec.SpecException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The number of every row in its source, whichever task has read it: segments are counted in the order of path and
 * start. And the factors that bring the mean row weight to 1.
 *
 * @param parts the segments of each partition
 * @param scale by split
 * @param checksum of the rows that are not of the test set, in their order
 */
record RowNumbers(Numbered[][] parts, float[] scale, long checksum) implements Serializable {
    private static final int SPLITS = Split.values().length;

    /** Where the rows of a segment are in the blocks of their partition, and what their numbers are; by split. */
    static final class Numbered implements Serializable {
        private static final long serialVersionUID = 1;

        final int[] first = new int[SPLITS];
        final int[] rows;
        final long[] number = new long[SPLITS];

        private Numbered(Segment segment) {
            rows = segment.rows;
        }

        int rows() {
            int all = 0;
            for (int each : rows) all += each;
            return all;
        }

        /** All rows of the source before this segment. */
        long before() {
            long all = 0;
            for (long each : number) all += each;
            return all;
        }
    }

    /** How many rows there are, by split. */
    long[] rows() {
        long[] all = new long[SPLITS];
        for (Numbered[] part : parts)
            for (Numbered segment : part)
                for (int split = 0; split < SPLITS; split++) all[split] += segment.rows[split];
        return all;
    }

    /** {@code weight} names the weight column; null if there is none. */
    static RowNumbers of(List<Tally> tallies, String weight) {
        Numbered[][] parts = new Numbered[tallies.size()][];
        List<Place> places = new ArrayList<>();
        double[] weights = new double[SPLITS];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = numbered(tallies.get(i).segments, places);
            for (int split = 0; split < SPLITS; split++) weights[split] += tallies.get(i).weight[split];
        }
        places.sort(
                Comparator.comparing((Place place) -> place.segment.path).thenComparing(place -> place.segment.start));
        long[] next = new long[SPLITS];
        for (Place place : places)
            for (int split = 0; split < SPLITS; split++) {
                place.numbered.number[split] = next[split];
                next[split] += place.numbered.rows[split];
            }
        float[] scale = new float[SPLITS];
        for (int split = 0; split < SPLITS; split++) {
            if (next[split] > 0 && weights[split] == 0)
                throw new SpecException(
                        "column \"" + weight + "\": all weights are 0; give some row a positive weight");
            scale[split] = (float) (next[split] / weights[split]);
        }
        List<Segment> training = places.stream()
                .map(Place::segment)
                .filter(segment -> !segment.ofTest())
                .toList();
        return new RowNumbers(parts, scale, PackedPartition.checksum(training));
    }

    private record Place(Segment segment, Numbered numbered) {}

    private static Numbered[] numbered(List<Segment> segments, List<Place> places) {
        Numbered[] parts = new Numbered[segments.size()];
        int[] first = new int[SPLITS];
        for (int k = 0; k < parts.length; k++) {
            Numbered part = parts[k] = new Numbered(segments.get(k));
            for (int split = 0; split < SPLITS; split++) {
                part.first[split] = first[split];
                first[split] += part.rows[split];
            }
            places.add(new Place(segments.get(k), part));
        }
        return parts;
    }
}
