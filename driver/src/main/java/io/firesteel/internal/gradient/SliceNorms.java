package io.firesteel.internal.gradient;

import io.firesteel.array.Floats;
import io.firesteel.array.ParamLayout;
import io.firesteel.array.ParamSlice;
import io.firesteel.internal.kernel.BlasSquaredNorm;
import java.util.ArrayList;
import java.util.List;

/**
 * Squared norms of a flat gradient, one per slice of its layout; 0 for statistics, which are no gradients. A slice is
 * cut into pieces that stay in the first-level cache; pieces are added up in double and in one order, so that any
 * number of threads finds the same bits.
 */
public final class SliceNorms {
    private static final int PIECE = 1 << 12; // floats

    private final int slices;
    private final List<Piece> pieces = new ArrayList<>();

    private record Piece(int slice, int from, int to, boolean counts) {
        double squares(float[] v) {
            return counts ? BlasSquaredNorm.squares(v, from, to) : 0;
        }
    }

    public SliceNorms(ParamLayout layout) {
        List<ParamSlice> params = layout.params();
        slices = params.size();
        for (int i = 0; i < slices; i++) {
            ParamSlice param = params.get(i);
            boolean counts = param.role() != ParamSlice.Role.STATISTIC;
            for (int from = param.offset(); from < param.end(); from += PIECE)
                pieces.add(new Piece(i, from, Math.min(param.end(), from + PIECE), counts));
        }
    }

    /** |v|^2 of every slice. From the end, so that the update, which begins at the front, finds that in the caches. */
    public double[] of(float[] v) {
        double[] squares = new double[slices];
        for (int i = pieces.size() - 1; i >= 0; i--) {
            Piece piece = pieces.get(i);
            squares[piece.slice] += piece.squares(v);
        }
        return squares;
    }

    /** The same bits, from all threads of a team; {@code before} makes every piece, while it is in the cache. */
    public double[] of(float[] v, ThreadTeam team, ThreadTeam.SliceTask before) {
        double[] parts = new double[pieces.size()], squares = new double[slices];
        team.run(member -> {
            int end = (int) ((long) parts.length * (member + 1) / team.size());
            for (int i = end - 1; i >= (int) ((long) parts.length * member / team.size()); i--) {
                Piece piece = pieces.get(i);
                before.accept(member, piece.from, piece.to);
                parts[i] = piece.squares(v);
            }
        });
        for (int i = parts.length - 1; i >= 0; i--) squares[pieces.get(i).slice] += parts[i];
        return squares;
    }

    /**
     * sum += part; before that the squares of each are added to an array of one number per slice, unless it is null.
     */
    public void add(float[] part, float[] sum, double[] ofPart, double[] ofSum) {
        if (ofPart == null && ofSum == null) {
            Floats.add(part, sum, 0, sum.length);
            return;
        }
        for (Piece piece : pieces) { // one trip through memory for the squares and the sum
            if (ofPart != null) ofPart[piece.slice] += piece.squares(part);
            if (ofSum != null) ofSum[piece.slice] += piece.squares(sum);
            Floats.add(part, sum, piece.from, piece.to);
        }
    }

    /** An array of one number per slice. */
    public double[] zeros() {
        return new double[slices];
    }
}
