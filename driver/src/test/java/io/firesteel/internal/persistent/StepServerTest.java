package io.firesteel.internal.persistent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.internal.gradient.Batch;
import io.firesteel.internal.gradient.FloatSlice;
import io.firesteel.internal.gradient.GradientSum;
import io.firesteel.metric.Sums;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the driver makes of messages, in whatever order and however often they come. */
class StepServerTest {
    private static final int SHARDS = 4;

    private final StepServer server = new StepServer(SHARDS, new VectorSender("test", true));
    private final float[] params = {1, 2, 3};
    private long shift;

    @BeforeEach
    void open() {
        shift = server.open();
    }

    @Test
    void whoAsksBeforeTheRequestGetsItWhenItComesAndWhoAsksLateGetsItAtOnce() throws Exception {
        List<byte[]> early = ask(0), late;
        assertTrue(early.isEmpty());
        assertTrue(server.start(request(1)));
        late = ask(0);
        for (List<byte[]> answers : List.of(early, late)) {
            assertEquals(1, answers.size());
            StepRequest got = read(answers.get(0));
            assertEquals(1, got.number());
            assertEquals(new Batch(7, 3, 10, 20), got.batch());
            assertArrayEquals(params, got.params());
        }
    }

    @Test
    void aRequestIsCompleteWhenItsShardsAreCovered() throws InterruptedException {
        server.start(request(1));
        say(1, sum(0, 2));
        assertFalse(server.await(1));
        say(1, sum(3, 4));
        say(1, sum(2, 3));
        assertTrue(server.await(1));
        assertEquals(List.of("0-2", "2-3", "3-4"), ranges());
    }

    @Test
    void whatComesTwiceOrMergedOrPartlyChangesNothing() throws InterruptedException {
        server.start(request(1));
        say(1, sum(0, 1));
        say(1, sum(0, 1));
        say(1, sum(1, 2));
        say(1, sum(0, 2)); // takes the place of both
        say(1, sum(1, 2));
        assertEquals(List.of("0-2"), ranges());
        say(1, sum(2, 4));
        assertTrue(server.await(1));
        say(1, sum(0, 4)); // too late: the driver may be adding the parts up
        assertEquals(List.of("0-2", "2-4"), ranges());
    }

    @Test
    void sumsForAnotherRequestOrShiftAreNotTaken() throws InterruptedException {
        server.start(request(1));
        say(1, sum(0, 4));
        server.start(request(2));
        say(1, sum(0, 4));
        assertFalse(server.await(1));
        say(2, sum(0, 2));
        server.end();
        long old = shift;
        shift = server.open();
        server.start(request(3));
        server.handle(VectorMessage.of(new SumMessage(old, -1, 3, List.of(sum(0, 4))).head(), new float[1]), null);
        assertFalse(server.await(1));
        assertEquals(List.of(), ranges());
    }

    @Test
    void theEndOfAShiftIsToldToWhoWaitsAndToWhoAsksLater() {
        List<byte[]> waiting = ask(0);
        server.start(request(1));
        say(1, sum(0, 4));
        List<byte[]> next = ask(1);
        assertEquals(1, waiting.size());
        assertTrue(next.isEmpty());
        assertFalse(server.endIfIdle(60));
        assertTrue(server.endIfIdle(0));
        assertEquals(0, next.get(0).length);
        assertEquals(0, ask(1).get(0).length);
        assertFalse(server.start(request(2)));
    }

    @Test
    void aShiftInMidRequestIsNotIdle() {
        assertTrue(server.start(request(1)));
        assertFalse(server.endIfIdle(0));
        assertTrue(ask(1).isEmpty());
    }

    @Test
    void partitionsJoinOnce() {
        for (int partition : new int[] {0, 1, 0})
            server.handle(VectorMessage.of(new SumMessage(shift, partition, SumMessage.JOINS, List.of()).head()), null);
        assertEquals(2, server.joined());
        assertTrue(server.secondsSinceFirstJoin() > 0);
    }

    private StepRequest request(long number) {
        return StepRequest.gradients(number, new Batch(7, 3, 10, 20), params);
    }

    private List<byte[]> ask(long number) {
        List<byte[]> answers = new ArrayList<>();
        server.handle(VectorMessage.of(new SumMessage(shift, -1, number, List.of()).head()), answers::add);
        return answers;
    }

    private void say(long number, GradientSum sum) {
        SumMessage said = new SumMessage(shift, -1, number, List.of(sum));
        server.handle(VectorMessage.of(said.head(), said.gradients()), null);
    }

    private static GradientSum sum(int from, int to) {
        return new GradientSum(from, to, new FloatSlice(new float[] {from}), new Sums(0), new double[0]);
    }

    private List<String> ranges() {
        return server.sums().stream().map(sum -> sum.from + "-" + sum.to()).toList();
    }

    private static StepRequest read(byte[] message) throws Exception {
        StepRequest[] got = new StepRequest[1];
        VectorMessage.receive(message, new VectorMessage.Recipient() {
            @Override
            public void received(VectorMessage.VectorInput vectors) throws java.io.IOException {
                got[0] = StepRequest.read(VectorMessage.head(message), vectors, null);
            }

            @Override
            public void failed(Throwable cause) {
                throw new AssertionError(cause);
            }
        });
        return got[0];
    }
}
