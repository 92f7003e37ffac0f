package io.firesteel.internal.block;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoSerializable;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.UncheckedIOException;

/** An object that is serialized as raw bytes, the same with both of Spark's serializers. */
public interface RawSerializable extends Externalizable, KryoSerializable {
    void write(DataOutput out) throws IOException;

    /** Overwrites this object with the bytes that were written. */
    void read(DataInput in) throws IOException;

    @Override
    default void writeExternal(ObjectOutput out) throws IOException {
        write(out);
    }

    @Override
    default void readExternal(ObjectInput in) throws IOException {
        read(in);
    }

    @Override
    default void write(Kryo kryo, Output output) {
        try {
            write(new DataOutputStream(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    default void read(Kryo kryo, Input input) {
        try {
            read(new DataInputStream(input));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
