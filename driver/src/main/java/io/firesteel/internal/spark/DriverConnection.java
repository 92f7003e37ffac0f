package io.firesteel.internal.spark;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.spark.SparkEnv;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.rpc.RpcTimeout;
import org.apache.spark.util.RpcUtils;
import org.apache.spark.util.ThreadUtils;
import scala.concurrent.duration.FiniteDuration;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;
import scala.util.Try;

/** A task's way to a {@link DriverEndpoint}. */
public final class DriverConnection {
    private static final ClassTag<byte[]> BYTES = ClassTag$.MODULE$.apply(byte[].class);
    /** The driver may pause as long as it likes: an executor that loses its driver ends. */
    private static final RpcTimeout PATIENT =
            new RpcTimeout(new FiniteDuration(365, TimeUnit.DAYS), "a wait for the driver that has no setting");

    private final RpcEndpointRef driver;

    /** To the endpoint of this name on this executor's driver. */
    public DriverConnection(String name) {
        SparkEnv env = SparkEnv.get();
        driver = RpcUtils.makeDriverRef(name, env.conf(), env.rpcEnv());
    }

    /** Sends a message that has no answer. It is serialized when this returns, but in a local master. */
    public void send(byte[] message) {
        driver.send(message);
    }

    /** Sends a message; one of both is called with what comes of it, on a thread of Spark that must not wait. */
    public void ask(byte[] message, Consumer<byte[]> answered, Consumer<Throwable> failed) {
        driver.ask(message, PATIENT, BYTES)
                .onComplete(
                        new AbstractFunction1<Try<byte[]>, BoxedUnit>() {
                            @Override
                            public BoxedUnit apply(Try<byte[]> outcome) {
                                if (outcome.isSuccess()) answered.accept(outcome.get());
                                else failed.accept(outcome.failed().get());
                                return BoxedUnit.UNIT;
                            }
                        },
                        ThreadUtils.sameThread());
    }
}
