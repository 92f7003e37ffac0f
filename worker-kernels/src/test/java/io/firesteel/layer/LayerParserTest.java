package io.firesteel.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.firesteel.array.Init;
import io.firesteel.array.Padding;
import io.firesteel.array.Shape;
import io.firesteel.array.Size2d;
import io.firesteel.spec.SpecException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerParserTest {
    @Test
    void aLineOfTextIsANetwork() {
        LayerParser net = LayerParser.parse("784 -> dense(256) relu -> dense(10)");
        assertEquals(new Shape(784), net.input());
        assertEquals(List.of(new Dense(256), new Relu(), new Dense(10)), net.layers());
    }

    @Test
    void theInputMayBeLeftToTheData() {
        assertNull(LayerParser.parse("dense(10)").input());
        assertEquals(
                List.of(new Flatten(), new Dense(10)),
                LayerParser.parse("Flatten Dense(10)").layers());
    }

    @Test
    void bracketsTakeTheKeysOfTheRunFileInOrderOrByName() {
        assertEquals(
                List.of(
                        new Conv2d(8, Size2d.parse("3x5"), Size2d.of(2), Padding.SAME, false, new Init.Xavier()),
                        new MaxPool2d(2)),
                LayerParser.parse("28x28x1->conv2d(8,3x5,2,padding=same,bias=false,init=Xavier)->maxpool2d(2)")
                        .layers());
    }

    @Test
    void layersInsideALayerAreALineOfTheirOwn() {
        Layer same = new Conv2d(16, Size2d.of(3), Size2d.of(1), Padding.SAME, true, new Init.He());
        assertEquals(
                List.of(new Conv2d(16, 3), new Residual(same, new Relu(), same), new Relu()),
                LayerParser.parse("32x32x3 -> conv2d(16, 3) -> residual(conv2d(16, 3, padding=same) relu -> "
                                + "conv2d(16, 3, padding=same)) -> relu")
                        .layers());
        assertEquals(
                List.of(new Residual(List.of(new Dense(3), new Relu()), List.of(new Dense(3, false, new Init.He())))),
                LayerParser.parse("Residual( dense(3) relu|dense(3, bias=false) )")
                        .layers());
        assertEquals(
                List.of(new Residual(
                        List.of(new Residual(new Dense(4)), new Dense(3)),
                        List.of(new Sequential(new Dense(3), new Residual(new Tanh()))))),
                LayerParser.parse("residual(residual(dense(4)) dense(3) | sequential(dense(3) residual(tanh)))")
                        .layers());
    }

    @Test
    void aListAsInARunFileIsReadToo() {
        assertEquals(
                List.of(new Dense(3), new Tanh()),
                LayerParser.parse("[{\"type\": \"Dense\", \"units\": 3}, \"Tanh\"]")
                        .layers());
    }

    @Test
    void whatIsWrongIsNamedWithWhatThereIs() {
        refused("layers: unknown layer \"dence\"; there is [Sequential, Residual, Dense,", "784 -> dence(3)");
        refused("layers: dense.units: found \"x\", wanted a whole number", "dense(x)");
        refused("layers: dense: Dense needs at least one unit, got 0", "dense(0)");
        refused("layers: relu(1) has 1 values; it takes []", "relu(1)");
        refused("layers: cannot read \"(3)\"", "dense(3)(3)");
        refused("layers: \"784\" names no layer", "784");
        refused("layers: [] names no layer", "[]");
        refused("layers: unknown layer \"rellu\"", "residual(dense(3) rellu)");
        refused("layers: residual: key \"layers\" of Residual is missing", "residual");
        refused("layers: cannot read \") relu\"", "residual() relu");
        refused("layers: cannot read \")\"", "residual(relu |)");
        refused("layers: cannot read \"| relu)\"", "residual(relu | relu | relu)");
        refused("layers: cannot read \"| relu\"", "relu | relu");
        refused("layers: cannot read \", relu)\"", "residual(relu, relu)");
        refused("layers: cannot read \")\"", "residual(relu))");
        refused(
                "layers: \"residual(dense(3) | residual(tanh)\" ends inside parentheses; add \")\"",
                "residual(dense(3) | residual(tanh)");
    }

    private static void refused(String message, String text) {
        String found =
                assertThrows(SpecException.class, () -> LayerParser.parse(text)).getMessage();
        assertEquals(message, found.substring(0, Math.min(message.length(), found.length())));
    }
}
