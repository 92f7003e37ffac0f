package io.firesteel.op;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.firesteel.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which operations a chain runs, in which order, and who is asked for an input gradient. */
class SequentialOpTest {
    private final List<String> log = new ArrayList<>();

    private Op op(String name) {
        return new Op() {
            @Override
            public void forward(PassContext p, float[] x, float[] y) {
                log.add(name);
            }

            @Override
            public void backward(PassContext p, float[] x, float[] y, float[] dy, float[] dx) {
                log.add(name + (dx == null ? " without dx" : " with dx"));
            }
        };
    }

    private SequentialOp chain(int firstTrain) {
        Shape[] shapes = new Shape[5];
        Arrays.fill(shapes, new Shape(2));
        return new SequentialOp(shapes, new Op[] {op("a"), op("b"), op("c"), op("d")}, firstTrain, new Binder(1));
    }

    @Test
    void forwardRunsInOrder() {
        chain(1).forward(new PassContext(), new float[2], new float[2]);
        assertEquals(List.of("a", "b", "c", "d"), log);
    }

    @Test
    void backwardRunsInReverse() {
        chain(1).backward(new PassContext(), new float[2], new float[2], new float[2], new float[2]);
        assertEquals(List.of("d with dx", "c with dx", "b with dx", "a with dx"), log);
    }

    @Test
    void whereNobodyWantsTheInputsGradientBackwardEndsAtTheFirstTrainedOperation() {
        chain(1).backward(new PassContext(), new float[2], new float[2], new float[2], null);
        assertEquals(List.of("d with dx", "c with dx", "b without dx"), log);
    }

    @Test
    void withoutParametersAndWithoutAnInputGradientThereIsNothingToDo() {
        chain(4).backward(new PassContext(), new float[2], new float[2], new float[2], null);
        assertEquals(List.of(), log);
    }
}
