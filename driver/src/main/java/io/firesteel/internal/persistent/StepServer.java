package io.firesteel.internal.persistent;

import io.firesteel.internal.gradient.GradientSum;
import io.firesteel.internal.spark.DriverEndpoint;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The driver's side of a shift: hands every request to all executors, and collects sums until they cover every shard.
 * Executors wait in an ask that is answered by the next request, or by the end of the shift.
 */
final class StepServer implements DriverEndpoint.Handler {
    private static final Logger LOG = System.getLogger("io.firesteel");

    private final int shards;
    private final VectorSender sender;
    private final ArrayDeque<float[]> free = new ArrayDeque<>();

    private final TreeMap<Integer, GradientSum> sums = new TreeMap<>(); // by first shard; none within another
    private final Set<Integer> joined = new HashSet<>();
    private final List<DriverEndpoint.Reply> waiting = new ArrayList<>();
    private long shift; // 0 before the first
    private boolean open;
    private long joinedFirst; // System.nanoTime
    private StepRequest request; // null before the first of the shift
    private byte[] message; // of the request
    private int covered; // shards
    private long idleSince; // System.nanoTime

    StepServer(int shards, VectorSender sender) {
        this.shards = shards;
        this.sender = sender;
    }

    /** Begins a shift; its id. */
    synchronized long open() {
        shift++;
        open = true;
        joined.clear();
        request = null;
        idleSince = System.nanoTime();
        recycle();
        return shift;
    }

    /** Ends the shift: whoever waits or asks from now on is told so. */
    void end() {
        List<DriverEndpoint.Reply> replies;
        synchronized (this) {
            open = false;
            replies = takeWaiting();
        }
        for (DriverEndpoint.Reply reply : replies) reply.send(StepRequest.SHIFT_ENDS);
    }

    /** Ends the shift if no request has been in progress for so long; whether it has ended. */
    boolean endIfIdle(double seconds) {
        synchronized (this) {
            if (open && request != null && covered < shards) return false;
            if (System.nanoTime() - idleSince < seconds * 1e9) return false;
            open = false;
        }
        end();
        return true;
    }

    /** Hands a request to all who wait and to all who will ask; false where the shift has ended. */
    boolean start(StepRequest next) {
        byte[] bytes = sender.message(next.number(), next.head(), next.params());
        List<DriverEndpoint.Reply> replies;
        synchronized (this) {
            if (!open) return false;
            recycle();
            message = bytes;
            request = next;
            replies = takeWaiting();
        }
        for (DriverEndpoint.Reply reply : replies) reply.send(bytes);
        return true;
    }

    private List<DriverEndpoint.Reply> takeWaiting() {
        List<DriverEndpoint.Reply> replies = List.copyOf(waiting);
        waiting.clear();
        return replies;
    }

    private void recycle() {
        sums.values().forEach(this::recycle);
        sums.clear();
        covered = 0;
    }

    private void recycle(GradientSum sum) {
        if (sum.hasGradient()) free.push(sum.gradient());
    }

    /** Waits so long at most for the request to be complete; whether it is. */
    synchronized boolean await(long milliseconds) throws InterruptedException {
        long end = System.nanoTime() + milliseconds * 1_000_000;
        for (long left = milliseconds; covered < shards && left > 0; left = (end - System.nanoTime()) / 1_000_000)
            wait(left);
        return covered == shards;
    }

    /** The sums of a request that is complete, in the order of their shards; valid until the next request. */
    synchronized List<GradientSum> sums() {
        return List.copyOf(sums.values());
    }

    /** How many partitions have had a task in this shift. */
    synchronized int joined() {
        return joined.size();
    }

    /** Seconds since the first task of this shift began; 0 before that. */
    synchronized double secondsSinceFirstJoin() {
        return joined.isEmpty() ? 0 : (System.nanoTime() - joinedFirst) / 1e9;
    }

    @Override
    public void handle(byte[] bytes, DriverEndpoint.Reply reply) {
        SumMessage start = SumMessage.start(VectorMessage.head(bytes));
        boolean wanted;
        synchronized (this) {
            wanted = open && start.shift() == shift && start.number() == number();
            if (open && start.shift() == shift && start.joined() >= 0) join(start.joined());
        }
        if (!wanted) {
            store(start, reply);
            return;
        }
        VectorMessage.receive(
                bytes,
                new VectorMessage.Recipient() { // not within the lock
                    @Override
                    public void received(VectorMessage.VectorInput vectors) throws IOException {
                        store(SumMessage.read(VectorMessage.head(bytes), vectors, StepServer.this::vector), reply);
                    }

                    @Override
                    public void failed(Throwable cause) {
                        LOG.log(Level.DEBUG, "sums did not arrive, and are asked for again", cause);
                        repeat(reply);
                    }
                });
    }

    private void join(int partition) {
        if (joined.isEmpty()) joinedFirst = System.nanoTime();
        joined.add(partition);
    }

    /** Takes in a message; answers it if its sender is behind. */
    private void store(SumMessage said, DriverEndpoint.Reply reply) {
        byte[] answer;
        synchronized (this) {
            boolean serving = open && said.shift() == shift;
            for (GradientSum sum : said.sums()) {
                if (serving && said.number() == number()) add(sum);
                else recycle(sum);
            }
            if (reply == null) return;
            if (serving && (said.number() == number() || covered == shards)) {
                waiting.add(reply);
                return;
            }
            answer = serving ? message : StepRequest.SHIFT_ENDS;
        }
        reply.send(answer);
    }

    /** Lets a sender whose sums did not arrive, or all who wait where it is not known, begin the request again. */
    private void repeat(DriverEndpoint.Reply reply) {
        List<DriverEndpoint.Reply> replies;
        byte[] answer;
        synchronized (this) {
            if (reply != null) waiting.add(reply);
            if (covered == shards || request == null) return; // the next one is for it, too
            replies = reply == null ? takeWaiting() : List.of(reply);
            waiting.remove(reply);
            answer = open ? message : StepRequest.SHIFT_ENDS;
        }
        for (DriverEndpoint.Reply each : replies) each.send(answer);
    }

    private long number() {
        return request == null ? 0 : request.number();
    }

    /** Keeps a sum unless its shards are there; a larger subtree takes the place of its parts. */
    private void add(GradientSum sum) {
        Map.Entry<Integer, GradientSum> before = sums.floorEntry(sum.from);
        if (covered == shards || before != null && before.getValue().to() >= sum.to()) {
            recycle(sum);
            return;
        }
        Map<Integer, GradientSum> parts = sums.subMap(sum.from, sum.to());
        for (GradientSum part : parts.values()) {
            covered -= part.to() - part.from;
            recycle(part);
        }
        parts.clear();
        sums.put(sum.from, sum);
        covered += sum.to() - sum.from;
        if (covered < shards) return;
        idleSince = System.nanoTime();
        notifyAll();
    }

    /** An array for a gradient. */
    private synchronized float[] vector(int size) {
        while (!free.isEmpty()) {
            float[] vector = free.pop();
            if (vector.length == size) return vector;
        }
        return new float[size];
    }
}
