package io.firesteel.train;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A flat vector on the wire: its floats as bulk bytes, in pieces, so that no array of bytes is as long as the vector. Java's own
 * serialization of a {@code float[]} is thirty times slower.
 */
public final class Flat implements Externalizable {
  private static final long serialVersionUID = 1;
  private static final int PIECE = 1 << 16; // floats
  private static final int MOST = 1 << 30; // floats that a header may claim

  private float[] values;

  /** For deserialization. */
  public Flat() {}

  public Flat(float[] values) { this.values = values; }

  /** The vector itself, not a copy. */
  public float[] values() { return values; }

  @Override public void writeExternal(ObjectOutput out) throws IOException {
    out.writeInt(values.length);
    byte[] piece = new byte[4 * Math.min(PIECE, values.length)];
    for (int at = 0; at < values.length; at += PIECE) {
      int count = Math.min(PIECE, values.length - at);
      ByteBuffer.wrap(piece).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values, at, count);
      out.write(piece, 0, 4 * count);
    }
  }

  @Override public void readExternal(ObjectInput in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MOST) throw new IOException("a vector of " + length + " floats, wanted 0 to " + MOST);
    values = new float[length];
    byte[] piece = new byte[4 * Math.min(PIECE, length)];
    for (int at = 0; at < length; at += PIECE) {
      int count = Math.min(PIECE, length - at);
      in.readFully(piece, 0, 4 * count);
      ByteBuffer.wrap(piece).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values, at, count);
    }
  }
}
