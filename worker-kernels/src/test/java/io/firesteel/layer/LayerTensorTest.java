package io.firesteel.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.array.ParamSlice;
import io.firesteel.array.Shape;
import io.firesteel.layer.export.LayerTensor;
import io.firesteel.op.Binder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A layer and its children say of themselves what binding them declares. */
class LayerTensorTest {
    static Stream<Case> cases() {
        return Case.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tensorsAreThoseThatBindDeclares(Case each) {
        Binder binder = new Binder(0);
        each.layer().bind(each.shape(), binder);
        assertEquals(
                binder.layout().params().stream().map(ParamSlice::name).toList(),
                names("", each.layer(), each.shape()));
    }

    private static List<String> names(String path, Layer layer, Shape in) {
        List<String> names = new ArrayList<>();
        for (LayerTensor tensor : layer.tensors()) names.add(path + tensor.name());
        for (Layer.Child child : layer.children(in))
            names.addAll(names(path + child.name() + "/", child.layer(), child.in()));
        return names;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void noTwoTensorsOfALayerHaveOneNameInPyTorch(Case each) {
        List<LayerTensor> tensors = each.layer().tensors();
        assertEquals(
                tensors.size(),
                tensors.stream().map(LayerTensor::torchName).distinct().count());
        for (LayerTensor tensor : tensors)
            assertEquals(
                    IntStream.range(0, tensor.torchAxes().size()).boxed().toList(),
                    tensor.torchAxes().stream().sorted().toList());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void childrenTakeTheInputAndGiveTheOutput(Case each) {
        List<Layer.Child> children = each.layer().children(each.shape());
        Shape last = each.shape(), output = each.layer().output(each.shape());
        for (Layer.Child child : children) {
            assertEquals(each.layer().addsChildren() ? each.shape() : last, child.in());
            last = child.output();
            if (each.layer().addsChildren()) assertEquals(output, last);
        }
        if (!children.isEmpty()) assertEquals(output, last);
    }

    @Test
    void pyTorchHasTheAxesInAnotherOrder() {
        assertEquals(new Shape(7, 5, 3, 2), new Conv2d(7, 1).tensors().get(0).torchShape(new Shape(3, 2, 5, 7)));
        LayerTensor dense = new Dense(3).tensors().get(0);
        assertEquals(new Shape(3, 2), dense.torchShape(new Shape(2, 3)));
        assertTrue(dense.mixesInputs());
    }
}
