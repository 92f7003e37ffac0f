package io.firesteel.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.array.Init;
import io.firesteel.array.ParamLayout;
import io.firesteel.array.ParamSlice;
import io.firesteel.array.Shape;
import io.firesteel.infer.Inference;
import io.firesteel.layer.LayerParser;
import io.firesteel.layer.Sequential;
import io.firesteel.loss.SoftmaxCrossEntropy;
import io.firesteel.model.ModelSpec;
import io.firesteel.model.Normalization;
import io.firesteel.model.Safetensors;
import io.firesteel.model.Safetensors.Tensor;
import io.firesteel.model.WeightsFile;
import io.firesteel.modelfile.SavedModel;
import io.firesteel.spec.SpecException;
import io.firesteel.spec.Specs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden files are made by driver/src/test/golden/make_state_dicts.py. */
class StateDictTest {
    private static final Path GOLDEN = Path.of("src/test/resources/torch");
    private static final Path SCRIPT = Path.of("src/test/golden/make_state_dicts.py");

    @ParameterizedTest
    @ValueSource(strings = {"named", "sequential", "norms", "residual", "half", "double"})
    void whatPyTorchTrainedPredictsTheSameHere(String name) throws IOException {
        JsonNode golden = golden(name);
        ModelSpec model =
                model(golden.get("input").textValue(), golden.get("layers").textValue());
        float[] params = read(model, Map.of(), Files.readAllBytes(GOLDEN.resolve(name + ".safetensors")))
                .params();
        float[] y = new Inference(new SavedModel(model, params)).predict(floats(golden.get("x")));
        assertArrayEquals(floats(golden.get("y")), y, 1e-5f);
    }

    @Test
    void theReportSaysWhichModuleBecameWhichLayer() throws IOException {
        JsonNode golden = golden("named");
        ModelSpec model =
                model(golden.get("input").textValue(), golden.get("layers").textValue());
        assertEquals(
                "{conv1=0-Conv2d, conv2=3-Conv2d, fc=6-Dense, another=8-Dense}",
                read(model, Map.of(), Files.readAllBytes(GOLDEN.resolve("named.safetensors")))
                        .layers()
                        .toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sequential", "norms", "residual"})
    void anExportedModelIsTheStateDictOfASequential(String name) throws IOException {
        JsonNode golden = golden(name);
        byte[] torch = Files.readAllBytes(GOLDEN.resolve(name + ".safetensors"));
        ModelSpec model =
                model(golden.get("input").textValue(), golden.get("layers").textValue());
        byte[] exported =
                written(new SavedModel(model, read(model, Map.of(), torch).params()));
        Map<String, Tensor> wanted = Safetensors.read("torch", new ByteArrayInputStream(torch));
        Map<String, Tensor> found = Safetensors.read("exported", new ByteArrayInputStream(exported));
        assertEquals(wanted.keySet(), found.keySet());
        wanted.forEach((key, tensor) -> {
            assertEquals(tensor.shape(), found.get(key).shape(), key);
            assertArrayEquals(tensor.values(), found.get(key).values(), key);
        });
    }

    @Test
    void aNestedModelComesBackFromItsExport() throws IOException {
        ModelSpec model = new ModelSpec(
                Shape.parse("6x7x2"),
                Normalization.NONE,
                new Sequential(net("conv2d(3, 2) relu"), net("flatten"), net("dense(5) tanh dense(5)")),
                new SoftmaxCrossEntropy(),
                1);
        float[] params = OnnxTest.params(model);
        byte[] exported = written(new SavedModel(model, params));
        assertEquals(
                "[0.0.weight, 0.0.bias, 2.0.weight, 2.0.bias, 2.2.weight, 2.2.bias]",
                List.copyOf(Safetensors.read("", new ByteArrayInputStream(exported))
                                .keySet())
                        .toString());
        assertArrayEquals(params, read(model, Map.of(), exported).params());
    }

    @Test
    void anExportIsReadByItsNamesWhereShapesDoNotTell() throws IOException {
        ModelSpec model = model("4", "dense(4) residual(dense(4) relu residual(dense(4)) | dense(4)) dense(4)");
        float[] params = OnnxTest.params(model);
        byte[] exported = written(new SavedModel(model, params));
        assertEquals(
                "{0=0-Dense, 1.0.0=1-Residual/0-Sequential/0-Dense, "
                        + "1.0.2.0.0=1-Residual/0-Sequential/2-Residual/0-Sequential/0-Dense, "
                        + "1.1.0=1-Residual/1-Sequential/0-Dense, 2=2-Dense}",
                read(model, Map.of(), exported).layers().toString());
        assertArrayEquals(params, read(model, Map.of(), exported).params());
    }

    @Test
    void aFlattenedImageIsNotAddedToNumbersInAnotherOrder() throws IOException {
        String message = "5-Residual adds a flattened image [2x3x2] to numbers in another order, and PyTorch flattens "
                + "channel by channel; put Dense before 5-Residual, or export as onnx";
        for (String f : List.of("dense(12)", "tanh dense(12) | elu", "tanh | dense(12)")) {
            ModelSpec model = model("2x3x2", "relu relu relu relu flatten residual(" + f + ")");
            assertEquals(message, refusal(model, Map.of(), file("a.weight", "12x12", "a.bias", "12")));
        }
        ModelSpec onePixel = model("1x1x6", "flatten residual(dense(6))");
        assertArrayEquals(
                OnnxTest.params(onePixel),
                read(onePixel, Map.of(), written(new SavedModel(onePixel, OnnxTest.params(onePixel))))
                        .params());
    }

    @Test
    void ourOwnNamesInAnyOrderAreTakenAsTheyStand() throws IOException {
        ModelSpec model = model("4", "dense(4) relu dense(4)");
        byte[] file = file("2-Dense/b", "4", "2-Dense/w", "4x4", "0-Dense/w", "4x4", "0-Dense/b", "4");
        float[] params = read(model, Map.of(), file).params();
        Map<String, Tensor> tensors = Safetensors.read("", new ByteArrayInputStream(file));
        for (ParamSlice param : model.layout().params())
            assertEquals(tensors.get(param.name()).values()[1], params[param.offset() + 1], param.name());
    }

    @Test
    void namesThatDoNotTellAreRefusedUntilTheyAreMapped() throws IOException {
        ModelSpec model = model("4", "dense(4) relu dense(4)");
        byte[] file = file("encoder.weight", "4x4", "encoder.bias", "4", "decoder.weight", "4x4", "decoder.bias", "4");
        assertEquals(
                "w: [decoder, encoder] all have weights [4, 4], and their names do not say which is which of "
                        + "[0-Dense, 2-Dense]; say --map decoder=LAYER for each",
                refusal(model, Map.of(), file));
        assertEquals(
                "{encoder=0-Dense, decoder=2-Dense}",
                read(model, Map.of("encoder", "0-Dense"), file).layers().toString());
        assertEquals(
                "--map coder=0-Dense: w has no tensor \"coder.weight\" that is free; there is [decoder, encoder]",
                refusal(model, Map.of("coder", "0-Dense"), file));
        assertEquals(
                "--map encoder=1-Dense: no layer \"1-Dense\" is free; there is [0-Dense, 2-Dense]",
                refusal(model, Map.of("encoder", "1-Dense"), file));
    }

    @Test
    void missingExtraAndMisshapenTensorsAreNamed() throws IOException {
        ModelSpec model = model("5", "dense(4) relu dense(3)");
        String[] good = {"a.weight", "4x5", "a.bias", "4", "b.weight", "3x4", "b.bias", "3"};
        read(model, Map.of(), file(good));
        assertEquals(
                "w: no weight [3, 4] is left for 2-Dense; there is a.weight [4, 5], a.bias [4]; "
                        + "take the model that these weights are of",
                refusal(model, Map.of(), file("a.weight", "4x5", "a.bias", "4")));
        assertEquals(
                "w: b.weight is [4, 3], 2-Dense wants [3, 4] (out, in); change the model's layers, or say "
                        + "--map MODULE=LAYER",
                refusal(model, Map.of(), with(good, 5, "4x3")));
        assertEquals(
                "w: b.bias is missing, 2-Dense wants [3]; say \"bias\": false in the model",
                refusal(model, Map.of(), file("a.weight", "4x5", "a.bias", "4", "b.weight", "3x4")));
        assertEquals(
                "w: b.bias is [7], the model wants [3]; take the model that these weights are of",
                refusal(model, Map.of(), with(good, 7, "7")));
        assertEquals(
                "w: c.weight [2, 3] belongs to no layer of the model; remove it from the file, or add its layer",
                refusal(
                        model,
                        Map.of(),
                        file("a.weight", "4x5", "a.bias", "4", "b.weight", "3x4", "b.bias", "3", "c.weight", "2x3")));
        assertEquals(
                "w: [b, c] have weights [3, 4], the model has [2-Dense] of that shape; add or remove layers, or say "
                        + "--map MODULE=LAYER",
                refusal(model, Map.of(), file("a.weight", "4x5", "a.bias", "4", "b.weight", "3x4", "c.weight", "3x4")));
        assertEquals(
                "w: a.bias [4] is left over, since 0-Dense has no bias; say \"bias\": true in the model",
                refusal(model("5", "dense(4, bias=false) relu dense(3)"), Map.of(), file(good)));
    }

    @Test
    void aFileThatDoesNotHoldWhatItSaysIsRefused() throws IOException {
        ModelSpec model = model("5", "dense(3)");
        byte[] file = file("a.weight", "3x5", "a.bias", "3");
        assertEquals(
                "w: ends inside a.bias; copy the file again",
                refusal(model, Map.of(), Arrays.copyOf(file, file.length - 1)));
        String whole = new String(file, StandardCharsets.ISO_8859_1);
        assertEquals(
                "w: a.weight is {\"dtype\":\"F32\",\"shape\":[3,6],\"data_offsets\":[0,60]}, whose shape and "
                        + "bytes do not "
                        + "fit; write the file again",
                refusal(model, Map.of(), bytes(whole.replace("[3,5]", "[3,6]"))));
        assertEquals(
                "w: a.weight is of I32, wanted F32, F64, F16 or BF16; convert it with .float() and save again",
                refusal(model, Map.of(), bytes(whole.replaceFirst("F32", "I32"))));
        assertEquals(
                "w: a.bias starts at byte 64, wanted 60, where the tensor before it ends; write the file again",
                refusal(model, Map.of(), bytes(whole.replace("[60,72]", "[64,76]"))));
    }

    private static ModelSpec model(String input, String layers) {
        return new ModelSpec(Shape.parse(input), Normalization.NONE, net(layers), new SoftmaxCrossEntropy(), 1);
    }

    private static Sequential net(String layers) {
        return new Sequential(LayerParser.parse(layers).layers());
    }

    private static JsonNode golden(String name) throws IOException {
        JsonNode golden = Specs.parse(name, Files.readString(GOLDEN.resolve(name + ".json")));
        assertEquals(
                sha256(Files.readAllBytes(SCRIPT)),
                golden.get("script").textValue(),
                name + ".json is not of this script; run: python3 driver/" + SCRIPT + " (needs numpy and torch)");
        return golden;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static float[] floats(JsonNode list) {
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) values[i] = list.get(i).floatValue();
        return values;
    }

    /** A safetensors file of these names and shapes, filled with 0, 1, 2, ... */
    private static byte[] file(String... namesAndShapes) throws IOException {
        List<ParamSlice> params = new ArrayList<>();
        int size = 0;
        for (int i = 0; i < namesAndShapes.length; i += 2) {
            Shape shape = Shape.parse(namesAndShapes[i + 1]);
            params.add(new ParamSlice(namesAndShapes[i], size, shape, ParamSlice.Role.WEIGHT, new Init.Zeros(), 1, 1));
            size += shape.size();
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) values[i] = i;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        WeightsFile.write(new ParamLayout(params), values, out);
        return out.toByteArray();
    }

    private static byte[] with(String[] good, int at, String shape) throws IOException {
        String[] changed = good.clone();
        changed[at] = shape;
        return file(changed);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] written(SavedModel saved) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StateDict.write(saved, out);
        return out.toByteArray();
    }

    private static StateDict.Imported read(ModelSpec model, Map<String, String> given, byte[] file) throws IOException {
        return StateDict.read("w", model, given, new ByteArrayInputStream(file));
    }

    private static String refusal(ModelSpec model, Map<String, String> given, byte[] file) {
        return assertThrows(SpecException.class, () -> read(model, given, file)).getMessage();
    }
}
