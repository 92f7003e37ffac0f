package io.firesteel.internal.spark;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.spark.SparkEnv;
import org.apache.spark.network.buffer.ManagedBuffer;
import org.apache.spark.network.shuffle.BlockFetchingListener;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.storage.TestBlockId;
import org.apache.spark.util.io.ChunkedByteBuffer;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Bytes that other processes fetch from this one's block manager: fewer copies than a message has, and none that grows.
 * They are overwritten in place; it is the caller's part that nobody then needs what they were.
 */
public final class SharedBlock implements AutoCloseable {
    /** Java copies what it writes to a socket, and all that did not fit again: such a piece fits. */
    private static final int CHUNK = 1 << 18;

    private static final ClassTag<Object> ANY = ClassTag$.MODULE$.apply(Object.class);

    /** Where a block is, in plain words that go into a message. */
    public record Address(String host, int port, String executor, String block) {}

    /** What is done with a block that has been fetched, on a thread of Spark that must not wait. */
    public interface Fetcher {
        void fetched(InputStream bytes) throws Exception;

        void failed(Throwable cause);
    }

    private final BlockManager blocks = SparkEnv.get().blockManager();
    private final BlockId id;
    private final byte[] bytes;

    /** Of so many bytes, under a name that no other block has. */
    public SharedBlock(String name, int size) {
        id = new TestBlockId(name);
        bytes = new byte[size];
        put();
    }

    private void put() {
        ByteBuffer[] chunks = new ByteBuffer[Math.max(1, (bytes.length + CHUNK - 1) / CHUNK)];
        Arrays.setAll(
                chunks,
                i -> ByteBuffer.wrap(bytes, i * CHUNK, Math.min(CHUNK, bytes.length - i * CHUNK))
                        .slice());
        if (!blocks.putBytes(id, new ChunkedByteBuffer(chunks), StorageLevel.MEMORY_ONLY_SER(), false, ANY))
            throw new IllegalStateException("Spark's storage memory has no room for " + bytes.length
                    + " bytes; give executors and driver more memory");
    }

    /** The bytes, to be overwritten; stored again where Spark has needed their room for others. */
    public byte[] bytes() {
        if (!blocks.memoryStore().contains(id)) {
            blocks.removeBlock(id, false);
            put();
        }
        return bytes;
    }

    public Address address() {
        BlockManagerId here = blocks.blockManagerId();
        return new Address(here.host(), here.port(), here.executorId(), id.name());
    }

    /** Fetches another process's block. */
    public static void fetch(Address from, Fetcher fetcher) {
        SparkEnv.get()
                .blockManager()
                .blockTransferService()
                .fetchBlocks(
                        from.host,
                        from.port,
                        from.executor,
                        new String[] {from.block},
                        new BlockFetchingListener() {
                            @Override
                            public void onBlockFetchSuccess(String block, ManagedBuffer data) {
                                try (InputStream in = data.createInputStream()) {
                                    fetcher.fetched(in);
                                } catch (Exception e) {
                                    fetcher.failed(e);
                                }
                            }

                            @Override
                            public void onBlockFetchFailure(String block, Throwable cause) {
                                fetcher.failed(cause);
                            }
                        },
                        null);
    }

    @Override
    public void close() {
        blocks.removeBlock(id, false);
    }
}
