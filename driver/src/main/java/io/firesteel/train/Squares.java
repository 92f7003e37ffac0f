package io.firesteel.train;

import io.firesteel.array.Floats;
import io.firesteel.array.Layout;
import io.firesteel.array.Param;
import io.firesteel.kernel.Dot;
import java.util.ArrayList;
import java.util.List;

/**
 * Squared norms of a flat vector, one a slice of its layout. A slice is cut into pieces that stay in the first-level
 * cache; pieces are added up in double and in one order, so that any number of threads finds the same bits.
 */
final class Squares {
    private static final int PIECE = 1 << 12; // floats

    private final int slices;
    private final List<Piece> pieces = new ArrayList<>();

    private record Piece(int slice, int from, int to) {}

    Squares(Layout layout) {
        List<Param> params = layout.params();
        slices = params.size();
        for (int i = 0; i < slices; i++)
            for (int end = params.get(i).end(), from = params.get(i).offset(); from < end; from += PIECE)
                pieces.add(new Piece(i, from, Math.min(end, from + PIECE)));
    }

    /** |v|^2 of every slice. From the end, so that the update, which begins at the front, finds that in the caches. */
    double[] of(float[] v) {
        double[] squares = new double[slices];
        for (int i = pieces.size() - 1; i >= 0; i--) {
            Piece piece = pieces.get(i);
            squares[piece.slice] += Dot.squares(v, piece.from, piece.to);
        }
        return squares;
    }

    /** The same bits, from all threads of a team; {@code before} makes every piece, while it is in the cache. */
    double[] of(float[] v, Team team, Team.Slice before) {
        double[] parts = new double[pieces.size()], squares = new double[slices];
        team.run(member -> {
            int end = (int) ((long) parts.length * (member + 1) / team.size());
            for (int i = end - 1; i >= (int) ((long) parts.length * member / team.size()); i--) {
                Piece piece = pieces.get(i);
                before.accept(member, piece.from, piece.to);
                parts[i] = Dot.squares(v, piece.from, piece.to);
            }
        });
        for (int i = parts.length - 1; i >= 0; i--) squares[pieces.get(i).slice] += parts[i];
        return squares;
    }

    /** sum += part; before that the squares of each are added to an array of one number a slice, unless it is null. */
    void add(float[] part, float[] sum, double[] ofPart, double[] ofSum) {
        if (ofPart == null && ofSum == null) {
            Floats.add(part, sum, 0, sum.length);
            return;
        }
        for (Piece piece : pieces) { // one trip through memory for the squares and the sum
            if (ofPart != null) ofPart[piece.slice] += Dot.squares(part, piece.from, piece.to);
            if (ofSum != null) ofSum[piece.slice] += Dot.squares(sum, piece.from, piece.to);
            Floats.add(part, sum, piece.from, piece.to);
        }
    }

    /** An array of one number a slice. */
    double[] zeros() {
        return new double[slices];
    }
}
