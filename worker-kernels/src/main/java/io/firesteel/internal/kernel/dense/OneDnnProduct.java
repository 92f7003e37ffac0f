package io.firesteel.internal.kernel.dense;

import io.firesteel.internal.kernel.OneDnn;
import io.firesteel.internal.kernel.ScratchAllocator;
import java.nio.FloatBuffer;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;

/**
 * y += x w by oneDNN, whose kernel is faster than OpenBLAS's for few rows. The weights are copied out of the heap a
 * panel of rows at a time and multiplied while they are in the second-level cache.
 *
 * <p>Up to version 3.11.1 the kernel points the stack pointer at a malloc'ed array if a panel has more than 84 rows,
 * and a signal that arrives then (JFR and async-profiler send many) writes beyond it: oneDNN issue 4845.
 */
public final class OneDnnProduct {
    private static final int PANEL = 80; // rows of w; 0 to 2 % slower than panels of 1 MiB
    private static final byte AS_IS = 'N';

    private final int n;
    private final int units;
    private final FloatBuffer x; // [maxRows, n]
    private final FloatBuffer y; // [maxRows, units]
    private final FloatBuffer panel;
    private final FloatPointer[] xAt; // x, from the first column of each panel
    private final FloatPointer yAt;
    private final FloatPointer panelAt;

    OneDnnProduct(int n, int units, int maxRows, ScratchAllocator scratch) {
        this.n = n;
        this.units = units;
        x = scratch.nativeFloats(Math.multiplyExact(maxRows, n));
        y = scratch.nativeFloats(Math.multiplyExact(maxRows, units));
        panel = scratch.nativeFloats(Math.multiplyExact(Math.min(n, PANEL), units));
        xAt = new FloatPointer[(n + PANEL - 1) / PANEL];
        for (int i = 0; i < xAt.length; i++) xAt[i] = new FloatPointer(x).position((long) i * PANEL);
        yAt = new FloatPointer(y);
        panelAt = new FloatPointer(panel);
    }

    /** y += x w. */
    void forward(int rows, float[] x, float[] params, int w, float[] y) {
        if (rows == 0) return;
        OneDnn.oneThread();
        this.x.put(0, x, 0, rows * n);
        this.y.put(0, y, 0, rows * units);
        for (int i = 0; i < xAt.length; i++) {
            int k = panel(i, params, w);
            check(dnnl.dnnl_sgemm(AS_IS, AS_IS, rows, units, k, 1f, xAt[i], n, panelAt, units, 1f, yAt, units));
        }
        this.y.get(0, y, 0, rows * units);
    }

    /** Copies panel {@code i} and returns its rows. */
    private int panel(int i, float[] params, int w) {
        int k = Math.min(PANEL, n - i * PANEL);
        panel.put(0, params, w + i * PANEL * units, k * units);
        return k;
    }

    private static void check(int status) {
        if (status != 0) throw new IllegalStateException("oneDNN returned status " + status + " from a product");
    }
}
