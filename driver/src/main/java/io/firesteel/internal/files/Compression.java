package io.firesteel.internal.files;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.BZip2Codec;

/** How a file is compressed, by its first bytes, whatever its name. */
enum Compression {
    GZIP(0x1f, 0x8b),
    BZIP2('B', 'Z', 'h'),
    ZSTD(0x28, 0xb5, 0x2f, 0xfd),
    NONE;
    private static final int LOOKED_AT = 4, BUFFER = 1 << 16;

    private final int[] first;

    Compression(int... first) {
        this.first = first;
    }

    /** Looks at the first bytes, and leaves the stream where it was. */
    static Compression of(BufferedInputStream in) throws IOException {
        in.mark(LOOKED_AT);
        byte[] found = in.readNBytes(LOOKED_AT);
        in.reset();
        for (Compression each : values()) if (each.begins(found)) return each;
        return NONE;
    }

    private boolean begins(byte[] found) {
        if (found.length < first.length) return false;
        for (int i = 0; i < first.length; i++) if ((found[i] & 0xff) != first[i]) return false;
        return true;
    }

    /** What was compressed; of several members or frames, one after the other. */
    InputStream decoded(InputStream in) throws IOException {
        return switch (this) {
            case GZIP -> new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER);
            case BZIP2 -> new BufferedInputStream(bzip2().createInputStream(in), BUFFER);
            case ZSTD -> new BufferedInputStream(new ZstdInputStream(in).setContinuous(true), BUFFER);
            case NONE -> in;
        };
    }

    private static BZip2Codec bzip2() {
        BZip2Codec codec = new BZip2Codec();
        codec.setConf(new Configuration(false));
        return codec;
    }
}
