package io.firesteel.internal.spark;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.apache.spark.SparkEnv;
import org.apache.spark.rpc.IsolatedRpcEndpoint;
import org.apache.spark.rpc.RpcCallContext;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.rpc.RpcEnv;
import scala.Function1;
import scala.PartialFunction;
import scala.runtime.AbstractPartialFunction;
import scala.runtime.BoxedUnit;

/**
 * Where the driver takes messages from tasks, on threads of its own, so that executors' heartbeats do not wait behind
 * vectors. A message may be answered at any later time, by any thread.
 */
public final class DriverEndpoint implements IsolatedRpcEndpoint, AutoCloseable {
    private static final Logger LOG = System.getLogger("io.firesteel");

    /** What is done with a message; several are handled at once. */
    public interface Handler {
        /** {@code reply} answers the message, once; it is null where the sender does not wait. */
        void handle(byte[] message, Reply reply);
    }

    /** The answer that a sender waits for. */
    public interface Reply {
        /** Serializes and sends it on the calling thread; a sender that has gone is no error. */
        void send(byte[] message);
    }

    private final RpcEnv env = SparkEnv.get().rpcEnv();
    private final int threads;
    private final Handler handler;
    private final RpcEndpointRef ref;

    /** Starts to serve under a name that no other endpoint of this driver has. */
    public DriverEndpoint(String name, int threads, Handler handler) {
        this.threads = threads;
        this.handler = handler;
        this.ref = env.setupEndpoint(name, this);
    }

    @Override
    public RpcEnv rpcEnv() {
        return env;
    }

    @Override
    public int threadCount() {
        return threads;
    }

    @Override
    public PartialFunction<Object, BoxedUnit> receive() {
        return new Receive(null);
    }

    @Override
    public PartialFunction<Object, BoxedUnit> receiveAndReply(RpcCallContext context) {
        return new Receive(message -> {
            try {
                context.reply(message);
            } catch (RuntimeException e) { // the executor is lost, and its tasks run again elsewhere
                LOG.log(Level.DEBUG, "an answer was not sent", e);
            }
        });
    }

    @Override
    public void onError(Throwable cause) {
        LOG.log(Level.WARNING, "a task's message could not be read", cause);
    }

    /** Ends it; senders that still wait get an error. */
    @Override
    public void close() {
        env.stop(ref);
    }

    private final class Receive extends AbstractPartialFunction<Object, BoxedUnit> {
        private final Reply reply;

        Receive(Reply reply) {
            this.reply = reply;
        }

        @Override
        public boolean isDefinedAt(Object message) {
            return message instanceof byte[];
        }

        @SuppressWarnings("unchecked")
        @Override
        public <A, B> B applyOrElse(A message, Function1<A, B> otherwise) {
            if (!isDefinedAt(message)) return otherwise.apply(message);
            handler.handle((byte[]) message, reply);
            return (B) BoxedUnit.UNIT;
        }
    }
}
