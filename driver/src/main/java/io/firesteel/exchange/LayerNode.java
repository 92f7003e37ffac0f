package io.firesteel.exchange;

import io.firesteel.array.ParamLayout;
import io.firesteel.array.ParamSlice;
import io.firesteel.array.Shape;
import io.firesteel.layer.Dense;
import io.firesteel.layer.Flatten;
import io.firesteel.layer.Layer;
import io.firesteel.layer.Sequential;
import io.firesteel.model.ModelSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * A layer where it stands in a net, nested ones without their nesting.
 *
 * @param name as in parameter names: {@code 7-Dense}, or {@code 8-Sequential/0-Dense} of a nested one
 * @param image the image [height, width, channels] whose flattened numbers the layer takes; null where it takes others
 * @param params the layer's slices: weights, then a bias if it has one; none for most layers
 */
record LayerNode(String name, Layer layer, Shape in, Shape out, Shape image, List<ParamSlice> params) {

    /** All layers of the model that are not made of others, from input to output. */
    static List<LayerNode> of(ModelSpec model) {
        List<LayerNode> places = new ArrayList<>();
        collect(model.net(), "", model.input(), null, model.layout(), places);
        return places;
    }

    /** Returns the image behind the numbers that the last layer gives. */
    private static Shape collect(
            Sequential net, String path, Shape in, Shape image, ParamLayout layout, List<LayerNode> places) {
        Shape[] shapes = net.shapes(in);
        for (int i = 0; i < net.layers().size(); i++) {
            String name = path + net.name(i);
            Layer layer = net.layers().get(i);
            if (layer instanceof Sequential inner) {
                image = collect(inner, name + "/", shapes[i], image, layout, places);
                continue;
            }
            List<ParamSlice> params = layout.params().stream()
                    .filter(param -> param.name().startsWith(name + "/"))
                    .toList();
            places.add(new LayerNode(name, layer, shapes[i], shapes[i + 1], image, params));
            if (layer instanceof Flatten && shapes[i].rank() == 3) image = shapes[i];
            else if (layer instanceof Dense || shapes[i + 1].rank() > 1) image = null;
        }
        return image;
    }

    /** {@code 8.0}: the layer's name in an {@code nn.Sequential} of the same layers. */
    String index() {
        return name.replaceAll("-\\w+", "").replace('/', '.');
    }
}
