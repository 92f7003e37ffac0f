package io.firesteel.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.layer.Layer;
import io.firesteel.model.ModelSpec;
import io.firesteel.schedule.Schedule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every message says the place, what was found and what is wanted. */
class SpecErrorsTest {
    private static final List<String> LAYERS = Specs.names(Layer.class);

    @Test
    void anUnknownType() {
        layers(
                "\"Relu\", {\"type\": \"Dens\", \"units\": 3}",
                "model.net.layers[1]: unknown type \"Dens\"; there is " + LAYERS);
    }

    @Test
    void anUnknownKey() {
        layers(
                "{\"type\": \"Dense\", \"unit\": 3}",
                "model.net.layers[0]: unknown key \"unit\" of Dense; there is [bias, init, units]");
    }

    @Test
    void anOlderKey() {
        schedule(
                "{\"type\": \"Constant\", \"rate\": 0.1, \"learningRate\": 0.1}",
                "schedule: keys \"learningRate\" and \"rate\" are the same setting; keep \"learningRate\"");
        schedule("{\"type\": \"Constant\", \"rate\": \"1\"}", "schedule.rate: found \"1\", wanted a number");
        schedule(
                "{\"type\": \"Constant\", \"speed\": 1}",
                "schedule: unknown key \"speed\" of Constant; there is [learningRate]");
    }

    private static void schedule(String text, String message) {
        SpecException error =
                assertThrows(SpecException.class, () -> Specs.read("schedule", Specs.parse("", text), Schedule.class));
        assertEquals(message, error.getMessage());
    }

    @Test
    void aMissingKey() {
        layers("\"Dense\"", "model.net.layers[0]: key \"units\" of Dense is missing; it takes a whole number");
        layers(
                "{\"type\": \"Conv2d\", \"filters\": 3}",
                "model.net.layers[0]: key \"kernel\" of Conv2d is missing; it takes a size");
        model(
                "{\"input\": 3, \"normalization\": {}, \"net\": {\"layers\": [\"Relu\"]}}",
                "model: key \"loss\" of Model is missing; it takes one of [SoftmaxCrossEntropy, SquaredError, "
                        + "AbsoluteError, Huber, Quantile, Poisson, BinaryCrossEntropy]");
        model(
                "{\"input\": 3}",
                "model: key \"normalization\" of Model is missing; it takes an object with [mean, std]");
        model(
                "{\"input\": 3, \"normalization\": {}, \"net\": {}}",
                "model.net: key \"layers\" of Sequential is missing; it takes a list");
    }

    @Test
    void aValueOfTheWrongKind() {
        layers(
                "{\"type\": \"Dense\", \"units\": \"3\"}",
                "model.net.layers[0].units: found \"3\", wanted a whole number");
        layers("{\"type\": \"Dense\", \"units\": 3.5}", "model.net.layers[0].units: found 3.5, wanted a whole number");
        layers(
                "{\"type\": \"Dense\", \"units\": 3000000000}",
                "model.net.layers[0].units: found 3000000000, wanted a whole number");
        layers(
                "{\"type\": \"Dense\", \"units\": 3, \"bias\": 1}",
                "model.net.layers[0].bias: found 1, wanted true or false");
        layers(
                "{\"type\": \"Dense\", \"units\": 3, \"init\": {\"type\": \"Normal\", \"std\": 1e999}}",
                "model.net.layers[0].init.std: found \"Infinity\", wanted a number");
        layers("[]", "model.net.layers[0]: found [], wanted {\"type\": ...}, one of " + LAYERS);
        model(
                "[1]",
                "model: found [1], wanted an object with [classes, columns, input, loss, metrics, net, normalization, "
                        + "target, targets]");
        model("{\"input\": true}", "model.input: found true, wanted text or a number");
        model(
                "{\"input\": 3, \"normalization\": {\"mean\": 0}}",
                "model.normalization.mean: found 0, wanted a list [...]");
    }

    @Test
    void aNullWhereNoneIsMeant() {
        layers("null", "model.net.layers[0]: found null, wanted {\"type\": ...}, one of " + LAYERS);
        layers(
                "{\"type\": \"MaxPool2d\", \"kernel\": null}",
                "model.net.layers[0].kernel: found null, wanted text or a number");
        layers(
                "{\"type\": \"Dense\", \"units\": null}",
                "model.net.layers[0].units: found null, wanted a whole number");
        model(
                "null",
                "model: found null, wanted an object with [classes, columns, input, loss, metrics, net, normalization, "
                        + "target, targets]");
    }

    @Test
    void aTypeThatDoesNotFitItsPlace() {
        model(
                "{\"input\": 3, \"normalization\": {}, \"net\": {\"type\": \"Dense\", \"layers\": [\"Relu\"]}}",
                "model.net.type: found \"Dense\", wanted Sequential");
    }

    @Test
    void textThatDoesNotParse() {
        layers(
                "\"Relu\", \"Relu\", {\"type\": \"Conv2d\", \"filters\": 2, \"kernel\": \"3y3\"}",
                "model.net.layers[2].kernel: found \"3y3\", wanted a size such as 5 or 5x3");
        layers(
                "{\"type\": \"Conv2d\", \"filters\": 2, \"kernel\": 3, \"padding\": \"full\"}",
                "model.net.layers[0].padding: found \"full\", wanted padding: valid, same, 2 or 2x1");
        model("{\"input\": \"28x\"}", "model.input: found \"28x\", wanted a shape such as 784 or 28x28x1");
    }

    @Test
    void anIllegalRecord() {
        layers("{\"type\": \"Dense\", \"units\": 0}", "model.net.layers[0]: Dense needs at least one unit, got 0");
        layers(
                "{\"type\": \"Conv2d\", \"filters\": 2, \"kernel\": \"3x0\"}",
                "model.net.layers[0].kernel: a size is positive, got 3x0");
        layers("", "model.net: Sequential needs at least one layer");
        model(
                "{\"input\": \"4x4x3\", \"normalization\": {}, \"net\": {\"layers\": [{\"type\": \"Dense\", "
                        + "\"units\": 3}]},"
                        + "\"loss\": \"SoftmaxCrossEntropy\"}",
                "model: layer 0, Dense[units=3, bias=true, init=He[gain=2.0]]: Dense takes vectors, got [4x4x3]; "
                        + "put Flatten before it");
        model(
                "{\"input\": 3, \"normalization\": {}, \"net\": {\"layers\": [{\"type\": \"Dense\", \"units\": 1}]},"
                        + "\"loss\": \"SoftmaxCrossEntropy\"}",
                "model: SoftmaxCrossEntropy needs one output per class, the model ends with [1]");
        model(
                "{\"input\": \"4x4x3\", \"normalization\": {\"mean\": [1, 2]}, \"net\": {\"layers\": [\"Flatten\"]},"
                        + "\"loss\": \"SoftmaxCrossEntropy\"}",
                "model: 2 values, wanted 1 or one for each of 3 channels of [4x4x3]");
    }

    @Test
    void textThatIsNotJson() {
        model("{\"input\": 3,\n \"input\": 4}", "model line 2: not JSON: Duplicate field 'input'");
        model("{\n\"input\": 3\n", "model line 3: not JSON: Unexpected end-of-input: expected close marker for Object");
    }

    @Test
    void moreThanOneValue() {
        SpecException error = assertThrows(SpecException.class, () -> Specs.parse("model", "{} {}"));
        assertTrue(error.getMessage().startsWith("model line 1: not JSON: Trailing token"), error.getMessage());
    }

    private static void layers(String layers, String message) {
        model(
                "{\"input\": 3, \"normalization\": {}, \"net\": {\"layers\": [" + layers
                        + "]}, \"loss\": \"SquaredError\"}",
                message);
    }

    private static void model(String text, String message) {
        SpecException error = assertThrows(
                SpecException.class, () -> Specs.read("model", Specs.parse("model", text), ModelSpec.class));
        assertEquals(message, error.getMessage());
    }
}
