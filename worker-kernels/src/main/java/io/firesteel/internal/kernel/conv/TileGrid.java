package io.firesteel.internal.kernel.conv;

import io.firesteel.internal.kernel.SlidingWindow;
import java.util.Arrays;

/**
 * Images [height, width, channels] as square tiles, one every {@code step} rows and columns; tiles may overlap and may
 * extend beyond the border, where images are zero. Tiles are numbered through all images, row by row within an image.
 */
final class TileGrid {
    private final int height;
    private final int width;
    private final int channels;
    private final int step;
    private final int padTop;
    private final int padLeft;
    private final int down; // tiles in a column
    private final int across;
    private final WinogradTransform map; // its inputs are the side of a tile
    private final TileLanes cells;

    private TileGrid(
            int height,
            int width,
            int channels,
            int step,
            int padTop,
            int padLeft,
            SlidingWindow window,
            WinogradTransform map,
            TileLanes cells) {
        this.height = height;
        this.width = width;
        this.channels = channels;
        this.step = step;
        this.padTop = padTop;
        this.padLeft = padLeft;
        this.down = down(window, step);
        this.across = across(window, step);
        this.map = map;
        this.cells = cells;
    }

    /** The input tiles of a window whose output is cut into squares of {@code step}. */
    static TileGrid in(SlidingWindow w, int step, WinogradTransform map, TileLanes cells) {
        return new TileGrid(w.inHeight(), w.inWidth(), w.channels(), step, w.padTop(), w.padLeft(), w, map, cells);
    }

    /** The output tiles of a window with so many filters. */
    static TileGrid out(SlidingWindow w, int filters, int step, WinogradTransform map, TileLanes cells) {
        return new TileGrid(w.outHeight(), w.outWidth(), filters, step, 0, 0, w, map, cells);
    }

    /** The number of tiles per image. */
    static int count(SlidingWindow w, int step) {
        return down(w, step) * across(w, step);
    }

    private static int down(SlidingWindow w, int step) {
        return (w.outHeight() + step - 1) / step;
    }

    private static int across(SlidingWindow w, int step) {
        return (w.outWidth() + step - 1) / step;
    }

    /** values [point, tile, channels], points {@code stride} apart, of tiles [first, first + count). */
    void toPoints(float[] images, int first, int count, float[] values, int stride) {
        int some = cells.lanes / channels;
        for (int from = 0; from < count; from += some) {
            int tiles = Math.min(some, count - from);
            for (int i = 0; i < tiles; i++) cut(images, first + from + i, i * channels);
            cells.toPoints(map, tiles * channels);
            cells.store(values, from * channels, stride, tiles * channels);
        }
    }

    /** images += the tiles of {@code values}: the adjoint of the above. */
    void addFromPoints(float[] values, int stride, int first, int count, float[] images) {
        int some = cells.lanes / channels;
        for (int from = 0; from < count; from += some) {
            int tiles = Math.min(some, count - from);
            cells.load(values, from * channels, stride, tiles * channels);
            cells.fromPoints(map, tiles * channels);
            for (int i = 0; i < tiles; i++) add(i * channels, images, first + from + i);
        }
    }

    private void cut(float[] images, int tile, int lane) {
        int top = top(tile), left = left(tile), corner = corner(tile);
        for (int y = 0; y < map.inputs; y++)
            for (int x = 0; x < map.inputs; x++) {
                float[] cell = cells.at[y * cells.side + x];
                if (isOutside(top + y, left + x)) Arrays.fill(cell, lane, lane + channels, 0);
                else System.arraycopy(images, corner + (y * width + x) * channels, cell, lane, channels);
            }
    }

    private void add(int lane, float[] images, int tile) {
        int top = top(tile), left = left(tile), corner = corner(tile);
        for (int y = 0; y < map.inputs; y++)
            for (int x = 0; x < map.inputs; x++) {
                if (isOutside(top + y, left + x)) continue;
                float[] cell = cells.at[y * cells.side + x];
                int pixel = corner + (y * width + x) * channels;
                for (int c = 0; c < channels; c++) images[pixel + c] += cell[lane + c];
            }
    }

    private int top(int tile) {
        return tile / across % down * step - padTop;
    }

    private int left(int tile) {
        return tile % across * step - padLeft;
    }

    /** The offset of a tile's first number, which may be outside the image. */
    private int corner(int tile) {
        int image = tile / (down * across);
        return ((image * height + top(tile)) * width + left(tile)) * channels;
    }

    private boolean isOutside(int y, int x) {
        return y < 0 || y >= height || x < 0 || x >= width;
    }
}
