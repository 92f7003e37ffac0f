package io.firesteel.layer;

import io.firesteel.array.Init;
import io.firesteel.array.Padding;
import io.firesteel.array.Shape;
import io.firesteel.array.Size2d;
import java.util.List;
import java.util.stream.Stream;

/** A layer on an input of all different sizes. Every permitted layer has at least one. */
record Case(Layer layer, String in, int rows) {
    private static final Init HE = new Init.He();
    private static final Layer SAME = new Conv2d(4, Size2d.of(3), Size2d.of(1), Padding.SAME, true, HE);

    static Stream<Case> all() {
        return Stream.of(
                new Case(new Dense(3), "5", 4),
                new Case(new Dense(4, false, new Init.Xavier()), "3", 2),
                conv(3, "2x3", "1", "valid", "5x6x2", 2), // few channels: patches as columns
                conv(2, "3", "2x1", "same", "7x6x3", 2),
                conv(3, "3x2", "1x2", "1", "4x6x2", 2),
                conv(2, "3x5", "2", "1x2", "5x7x1", 3),
                conv(2, "2x3", "1", "valid", "4x5x6", 3), // many channels: patches as rows
                conv(3, "3", "2", "same", "6x5x7", 2),
                conv(2, "3x2", "1", "2x1", "4x3x5", 2),
                conv(2, "7", "1", "3", "3x2x1", 2), // kernel larger than the image, padding larger than both
                conv(2, "7", "1", "3", "3x2x6", 2),
                conv(2, "1", "1", "2", "3x4x5", 2), // padding alone under the kernel
                conv(2, "1", "1", "2", "3x4x2", 2),
                conv(3, "1", "1", "valid", "4x3x5", 2), // pointwise: no patches
                conv(3, "1", "2", "valid", "5x4x6", 2),
                conv(2, "7", "1", "same", "16x15x5", 5), // two images at a time: 2, 2 and 1
                new Case(new Conv2d(3, Size2d.of(3), Size2d.of(1), Padding.SAME, false, new Init.He()), "5x4x2", 2),
                new Case(new MaxPool2d(2), "6x4x3", 2),
                new Case(new MaxPool2d(Size2d.parse("3x2"), Size2d.parse("2x1"), Padding.VALID), "7x5x2", 2),
                new Case(new MaxPool2d(Size2d.of(3), Size2d.of(2), Padding.of(1)), "5x7x2", 2),
                new Case(new MaxPool2d(Size2d.parse("2x3"), Size2d.parse("2"), Padding.SAME), "5x6x3", 2),
                new Case(new AveragePool2d(2), "6x4x3", 2),
                new Case(new AveragePool2d(Size2d.parse("3x2"), Size2d.parse("2x1"), Padding.VALID), "7x5x2", 2),
                new Case(new AveragePool2d(Size2d.of(3), Size2d.of(2), Padding.of(1)), "5x7x2", 3),
                new Case(new AveragePool2d(Size2d.parse("2x3"), Size2d.of(2), Padding.SAME), "5x6x3", 2),
                new Case(new GlobalAveragePool2d(), "3x4x2", 5),
                new Case(new ZeroPad2d(1), "3x4x2", 2),
                new Case(new ZeroPad2d(0, 3, 1, 2), "3x4x2", 3),
                new Case(new Upsample(Size2d.parse("3x2")), "3x4x2", 2),
                new Case(new Reshape(Shape.parse("2x3x4")), "3x4x2", 5),
                new Case(new Sequential(new Dense(12), new Reshape(Shape.parse("2x3x2")), new Conv2d(3, 2)), "5", 3),
                new Case(new Flatten(), "3x4x2", 5),
                new Case(new Relu(), "3x4x2", 5),
                new Case(new Sigmoid(), "7", 3),
                new Case(new Tanh(), "7", 3),
                new Case(new LeakyRelu(0.2), "3x4x2", 5),
                new Case(new Elu(1.5), "3x4x2", 5),
                new Case(new Softplus(), "3x4x2", 5),
                new Case(new Silu(), "3x4x2", 5),
                new Case(new Gelu(), "3x4x2", 5),
                new Case(new Gelu(true), "3x4x2", 5),
                new Case(new Softmax(), "3x2x4", 5),
                new Case(new Softmax(), "6", 3),
                new Case(new Dropout(0.4), "3x4x2", 5),
                new Case(new Dropout2d(0.4), "3x2x4", 5),
                new Case(new LayerNorm(0.5), "7", 3),
                new Case(new LayerNorm(0.1), "2x3x5", 3),
                new Case(new GroupNorm(2), "3x2x6", 3),
                new Case(new GroupNorm(1, 0.1), "2x3x5", 2),
                new Case(new GroupNorm(5), "4x3x5", 2),
                new Case(
                        new Sequential(
                                new Conv2d(4, 2),
                                new GroupNorm(2, 0.5),
                                new Flatten(),
                                new LayerNorm(0.5),
                                new Dense(3)),
                        "3x4x2",
                        2),
                new Case(new Residual(new Dense(5)), "5", 4), // works in y
                new Case(new Residual(new Dense(3), new Tanh(), new Dense(4), new Sigmoid()), "4", 3), // reads f(x)
                new Case(new Residual(new Tanh()), "2x3x4", 3), // without parameters
                new Case(new Residual(List.of(new Tanh(), new Dense(6)), List.of(new Dense(6))), "4", 3),
                new Case(new Residual(List.of(new Dense(3)), List.of(new Dense(3), new Tanh())), "7", 3), // reads s(x)
                new Case(new Residual(List.of(new Tanh()), List.of(new Sigmoid())), "5", 3),
                new Case(
                        new Residual(List.of(new Flatten(), new Dense(3)), List.of(new GlobalAveragePool2d())),
                        "4x5x3",
                        2),
                new Case(
                        new Residual(
                                List.of(new Residual(new Dense(4), new Tanh()), new Dense(3)),
                                List.of(new Residual(List.of(new Dense(3)), List.of(new Dropout(0.4), new Dense(3))))),
                        "4",
                        3),
                new Case( // a block of 2015 behind one of 2016
                        new Sequential(
                                new Conv2d(4, 2),
                                new Residual(new GroupNorm(2, 0.5), new Tanh(), SAME, new Elu(), SAME),
                                new Residual(
                                        List.of(SAME, new Silu(), new AveragePool2d(2)),
                                        List.of(new Conv2d(4, Size2d.of(1), Size2d.of(2), Padding.VALID, false, HE))),
                                new Tanh(),
                                new Flatten(),
                                new Residual(new Dropout(0.5), new Dense(24)),
                                new Dense(3)),
                        "5x7x2",
                        2),
                new Case(new Sequential(new Dense(5), new Tanh(), new Dense(3), new Sigmoid()), "4", 6),
                new Case(new Sequential(new Relu(), new Flatten(), new Tanh(), new Flatten()), "4x2x3", 2),
                new Case(
                        new Sequential(new Flatten(), new Sigmoid(), new Dense(2), new Tanh()),
                        "2x3x1",
                        4), // trained from 2 on
                new Case(new Sequential(new Gelu(), new Relu(), new Softmax(), new Silu(), new Elu()), "3x2x4", 2),
                new Case(new Sequential(new Sequential(new Tanh()), new Sequential(new Dense(2))), "3", 4),
                new Case(
                        new Sequential(
                                new Sequential(new Conv2d(5, 3), new Tanh()),
                                new AveragePool2d(2),
                                new Sequential(new Flatten(), new Sigmoid()),
                                new Dense(4)),
                        "6x8x2",
                        3),
                new Case(
                        new Sequential(new Conv2d(5, 3), new Relu(), new MaxPool2d(2), new Flatten(), new Dense(3)),
                        "6x8x2",
                        2));
    }

    private static Case conv(int filters, String kernel, String stride, String padding, String in, int rows) {
        return new Case(
                new Conv2d(
                        filters,
                        Size2d.parse(kernel),
                        Size2d.parse(stride),
                        Padding.parse(padding),
                        true,
                        new Init.He()),
                in,
                rows);
    }

    Shape shape() {
        return Shape.parse(in);
    }

    @Override
    public String toString() {
        return rows + " rows of [" + in + "] into " + layer;
    }
}
