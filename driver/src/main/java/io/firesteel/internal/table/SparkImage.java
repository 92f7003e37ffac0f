package io.firesteel.internal.table;

import io.firesteel.array.Shape;
import io.firesteel.spec.SpecException;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * Images as Spark's image source stores them in a column: pixels in rows, blue before green before red as in OpenCV.
 */
final class SparkImage {
    private static final List<String> FIELDS = List.of("origin", "height", "width", "nChannels", "mode", "data");
    private static final int HEIGHT = 1, WIDTH = 2, CHANNELS = 3, DATA = 5;

    private SparkImage() {}

    static boolean isImage(DataType type) {
        return type instanceof StructType struct
                && Arrays.asList(struct.fieldNames()).equals(FIELDS);
    }

    static Shape shape(Row image) {
        return new Shape(image.getInt(HEIGHT), image.getInt(WIDTH), image.getInt(CHANNELS));
    }

    /** The bytes, red first; throws if the image does not have this shape. */
    static byte[] pixels(Row image, Shape wanted) {
        Shape shape = shape(image);
        byte[] pixels = image.<byte[]>getAs(DATA).clone();
        if (pixels.length != wanted.size() || wanted.rank() == 3 && !shape.equals(wanted))
            throw new SpecException(
                    image.getString(0) + " is an image of [" + shape + "], wanted [" + wanted + "]; resize it first");
        if (shape.dim(2) >= CHANNELS)
            for (int at = 0; at < pixels.length; at += shape.dim(2)) {
                byte blue = pixels[at];
                pixels[at] = pixels[at + 2];
                pixels[at + 2] = blue;
            }
        return pixels;
    }
}
