package io.firesteel.internal.persistent;

import io.firesteel.internal.gradient.GradientSum;
import io.firesteel.internal.gradient.ThreadTeam;
import io.firesteel.internal.spark.DriverEndpoint;
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
    private final int shards;
    private final ThreadTeam team;
    private final boolean oneProcess; // messages then are passed as they are, and must not be overwritten
    private final ArrayDeque<float[]> free = new ArrayDeque<>();

    private final TreeMap<Integer, GradientSum> sums = new TreeMap<>(); // by first shard; none within another
    private final Set<Integer> joined = new HashSet<>();
    private final List<DriverEndpoint.Reply> waiting = new ArrayList<>();
    private long shift; // 0 before the first
    private boolean open;
    private long joinedFirst; // System.nanoTime
    private StepRequest request; // null before the first of the shift
    private byte[] encoded;
    private int late; // answers that are just being sent to those who came late
    private int covered; // shards

    StepServer(int shards, ThreadTeam team, boolean oneProcess) {
        this.shards = shards;
        this.team = team;
        this.oneProcess = oneProcess;
    }

    /** Begins a shift; its id. */
    synchronized long open() {
        shift++;
        open = true;
        joined.clear();
        request = null;
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

    /** Ends the shift if no request is in progress; whether it has ended. */
    boolean endIfIdle() {
        synchronized (this) {
            if (open && request != null && covered < shards) return false;
            open = false;
        }
        end();
        return true;
    }

    /** Hands a request to all who wait and to all who will ask; false where the shift has ended. */
    boolean start(StepRequest next) {
        byte[] old;
        synchronized (this) {
            old = oneProcess || late > 0 ? null : encoded;
        }
        byte[] bytes = next.encode(old);
        List<DriverEndpoint.Reply> replies;
        synchronized (this) {
            if (!open) return false;
            recycle();
            encoded = bytes;
            request = next;
            replies = takeWaiting();
        }
        if (replies.size() == 1) replies.get(0).send(bytes);
        else
            team.run(member -> {
                for (int i = member; i < replies.size(); i += team.size())
                    replies.get(i).send(bytes);
            });
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
        if (covered < shards) wait(milliseconds);
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
    public void handle(byte[] message, DriverEndpoint.Reply reply) {
        long number = SumMessage.number(message);
        boolean current;
        synchronized (this) {
            current = SumMessage.shift(message) == shift && (number == SumMessage.JOINS || number == number());
        }
        SumMessage said = current ? SumMessage.decode(message, this::vector) : null; // not within the lock
        byte[] answer = store(said, SumMessage.shift(message), number, reply);
        if (answer == null) return;
        reply.send(answer);
        synchronized (this) {
            late--;
        }
    }

    /** Takes in a message; returns what it is to be answered at once, or null. */
    private synchronized byte[] store(SumMessage said, long ofShift, long number, DriverEndpoint.Reply reply) {
        boolean serving = open && ofShift == shift;
        long now = number();
        if (said != null && serving) {
            if (said.joined() >= 0 && joined.add(said.joined()) && joined.size() == 1) joinedFirst = System.nanoTime();
            if (number == now) said.sums().forEach(this::add);
            else said.sums().forEach(this::recycle);
        }
        if (reply == null) return null;
        if (serving && (number == now || covered == shards)) {
            waiting.add(reply);
            return null;
        }
        late++;
        return serving ? encoded : StepRequest.SHIFT_ENDS;
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
        if (covered == shards) notifyAll();
    }

    private synchronized float[] vector(int size) {
        while (!free.isEmpty()) {
            float[] vector = free.pop();
            if (vector.length == size) return vector;
        }
        return new float[size];
    }
}
