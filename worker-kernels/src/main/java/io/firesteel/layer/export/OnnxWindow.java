package io.firesteel.layer.export;

import io.firesteel.internal.kernel.SlidingWindow;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The attributes of ONNX for a kernel that slides over an image. */
public final class OnnxWindow {
    private OnnxWindow() {}

    /** Of this window, sorted by name; the caller may add to them. */
    public static Map<String, Object> attributes(SlidingWindow w) {
        Map<String, Object> attributes = new TreeMap<>();
        attributes.put("kernel_shape", List.of(w.height(), w.width()));
        attributes.put("strides", List.of(w.strideHeight(), w.strideWidth()));
        attributes.put("pads", List.of(w.padTop(), w.padLeft(), w.padBottom(), w.padRight()));
        return attributes;
    }
}
