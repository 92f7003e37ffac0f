package io.firesteel.layer.export;

import io.firesteel.array.Shape;
import java.util.List;

/**
 * A parameter tensor of a layer, and what PyTorch calls it and how it lays it out.
 *
 * @param name as the layer declares it, {@code w}
 * @param torchName as in a state dict, {@code weight}
 * @param torchAxes our axes in PyTorch's order: {@code [1, 0]} for one that is transposed there
 * @param inputAxis our axis along which the numbers of a flattened input lie; -1 where there is none
 */
public record LayerTensor(String name, String torchName, List<Integer> torchAxes, int inputAxis) {
    public LayerTensor {
        torchAxes = List.copyOf(torchAxes);
    }

    /** A vector, one number per output. */
    public static LayerTensor vector(String name, String torchName) {
        return new LayerTensor(name, torchName, List.of(0), -1);
    }

    /** Its shape in PyTorch. */
    public Shape torchShape(Shape ours) {
        return new Shape(torchAxes.stream().mapToInt(ours::dim).toArray());
    }

    /** Whether each output of the layer depends on all numbers of the flattened input, so that their order is lost. */
    public boolean mixesInputs() {
        return inputAxis >= 0 && torchAxes.size() > 1;
    }
}
