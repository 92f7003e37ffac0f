package io.firesteel.source;

import io.firesteel.array.Shape;
import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.spec.SpecException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** An image as bytes [height, width, channels]: one channel if it is grey, else red, green, blue. */
final class DecodedImage {
    private static final int MAX_BYTES = 1 << 26; // largest image accepted

    private final BufferedImage image;
    private final int channels;
    private final Shape shape;

    private DecodedImage(String path, BufferedImage image, Shape wanted) {
        this.image = image;
        this.channels = isGrey(image) ? 1 : 3;
        this.shape = wanted == null ? new Shape(image.getHeight(), image.getWidth(), channels) : wanted;
        if (channels > shape.dim(2))
            throw new SpecException(path + ": a colour image, wanted [" + shape + "]; make it grey, or remove it");
    }

    /** Reads an image of any size; throws {@link SpecException} if it cannot be read. */
    static DecodedImage read(String path) {
        return read(path, null);
    }

    /** Reads an image of this shape; a grey one is accepted where three channels are wanted. */
    static DecodedImage read(String path, Shape wanted) {
        try (ImageInputStream in = new MemoryCacheImageInputStream(HadoopFiles.open(path))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) throw new SpecException(path + ": not a readable image; wanted PNG or JPEG");
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                int height = reader.getHeight(0), width = reader.getWidth(0);
                if (3L * height * width > MAX_BYTES)
                    throw new SpecException(path + ": an image of " + height + "x" + width + ", more than " + MAX_BYTES
                            + " bytes; make it smaller, or remove it");
                if (wanted != null && (height != wanted.dim(0) || width != wanted.dim(1)))
                    throw new SpecException(path + ": an image of " + height + "x" + width + ", wanted [" + wanted
                            + "]; resize it, or remove it");
                return new DecodedImage(path, reader.read(0), wanted);
            } finally {
                reader.dispose();
            }
        } catch (SpecException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // readers throw all kinds of exceptions at corrupt files
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new SpecException(path + ": cannot be read (" + reason + "); wanted PNG or JPEG", e);
        }
    }

    Shape shape() {
        return shape;
    }

    /** Copies the bytes to the start of {@code pixels}. */
    void copy(byte[] pixels) {
        int depth = shape.dim(2), at = 0;
        for (int i = 0; i < image.getHeight(); i++)
            for (int j = 0; j < image.getWidth(); j++, at += depth) {
                int colour = channels == 1 ? grey(j, i) * 0x010101 : image.getRGB(j, i);
                for (int c = 0; c < depth; c++) pixels[at + c] = (byte) (colour >> 8 * (depth - 1 - c));
            }
    }

    /** Grey values as stored in the file: Java's conversion to red, green and blue would brighten them. */
    private int grey(int x, int y) {
        if (image.getColorModel() instanceof IndexColorModel) return image.getRGB(x, y) & 0xff;
        int sample = image.getRaster().getSample(x, y, 0),
                bits = image.getSampleModel().getSampleSize(0);
        return bits > 8 ? sample >> bits - 8 : bits == 8 ? sample : sample * 255 / ((1 << bits) - 1);
    }

    private static boolean isGrey(BufferedImage image) {
        if (!(image.getColorModel() instanceof IndexColorModel palette))
            return image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
        for (int i = 0; i < palette.getMapSize(); i++) {
            int colour = palette.getRGB(i);
            if ((colour >> 16 & 0xff) != (colour & 0xff) || (colour >> 8 & 0xff) != (colour & 0xff)) return false;
        }
        return true;
    }
}
