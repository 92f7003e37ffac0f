package io.firesteel.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.array.Init;
import io.firesteel.array.ParamLayout;
import io.firesteel.array.ParamSlice;
import io.firesteel.array.Shape;
import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.metric.Sums;
import io.firesteel.model.WeightsFile;
import io.firesteel.modelfile.SavedModel;
import io.firesteel.spec.SpecException;
import io.firesteel.spec.Specs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A copy of a state and its folder: {@code state.safetensors} with {@code params}, {@code slot0}, ..., and
 * {@code manifest.json}, written last, with the step, the sums of the epoch so far, what the run is, and checksums of
 * both files.
 */
record Checkpoint(ObjectNode manifest, ParamLayout layout, float[] numbers) {
    private static final String STATE = "/state.safetensors";
    private static final String MANIFEST = "/manifest.json";

    static Checkpoint of(TrainingState state, ObjectNode identity, double validationLoss) {
        int size = state.params.length;
        float[] numbers = new float[Math.multiplyExact(size, 1 + state.slots.length)];
        System.arraycopy(state.params, 0, numbers, 0, size);
        for (int i = 0; i < state.slots.length; i++) System.arraycopy(state.slots[i], 0, numbers, (i + 1) * size, size);
        ObjectNode manifest = JsonNodeFactory.instance.objectNode().put("step", state.step);
        write(state.epoch, manifest.putObject("epoch"));
        manifest.putObject("adaScale")
                .put("steps", state.schedule.steps)
                .put("trS", state.schedule.trS)
                .put("G2", state.schedule.g2);
        if (!Double.isNaN(validationLoss)) manifest.put("validationLoss", validationLoss);
        manifest.set("identity", identity);
        return new Checkpoint(manifest, layout(size, state.slots.length), numbers);
    }

    private static ParamLayout layout(int size, int slots) {
        List<ParamSlice> params = new ArrayList<>();
        for (int i = 0; i <= slots; i++)
            params.add(new ParamSlice(
                    i == 0 ? "params" : "slot" + (i - 1),
                    i * size,
                    new Shape(size),
                    ParamSlice.Role.WEIGHT,
                    new Init.Zeros(),
                    1,
                    1));
        return new ParamLayout(params);
    }

    long step() {
        return manifest.get("step").longValue();
    }

    /** Writes the folder aside and renames it. */
    void write(String folder) throws IOException {
        String aside = folder + ".part";
        HadoopFiles.delete(aside);
        MessageDigest digest = sha256();
        try (OutputStream out = new DigestOutputStream(HadoopFiles.create(aside + STATE), digest)) {
            WeightsFile.write(layout, numbers, out);
        }
        ObjectNode signed =
                manifest.deepCopy().put("stateSha256", HexFormat.of().formatHex(digest.digest()));
        SavedModel.write(
                aside + MANIFEST,
                signed.deepCopy().put("manifestSha256", hash(signed)).toString());
        HadoopFiles.delete(folder);
        HadoopFiles.move(aside, folder);
    }

    /**
     * Fills {@code state} from a folder and returns its manifest; throws {@link CorruptCheckpointException} where a
     * byte is not as written.
     */
    static JsonNode read(String folder, TrainingState state) throws IOException {
        ObjectNode manifest = manifest(folder);
        ParamLayout layout = layout(state.params.length, state.slots.length);
        MessageDigest digest = sha256();
        float[] numbers;
        try (InputStream in = new DigestInputStream(HadoopFiles.open(folder + STATE), digest)) {
            numbers = WeightsFile.read(folder + STATE, layout, in);
        } catch (SpecException | IOException e) {
            throw new CorruptCheckpointException(folder + " is damaged (" + e.getMessage() + ")");
        }
        if (!HexFormat.of()
                .formatHex(digest.digest())
                .equals(manifest.get("stateSha256").textValue()))
            throw new CorruptCheckpointException(
                    folder + " is damaged (checksum of " + STATE.substring(1) + " differs)");
        System.arraycopy(numbers, 0, state.params, 0, state.params.length);
        for (int i = 0; i < state.slots.length; i++)
            System.arraycopy(numbers, (i + 1) * state.params.length, state.slots[i], 0, state.params.length);
        state.step = manifest.get("step").longValue();
        read(manifest.get("epoch"), state.epoch);
        JsonNode schedule = manifest.path("adaScale");
        state.schedule.steps = schedule.path("steps").doubleValue();
        state.schedule.trS = schedule.path("trS").doubleValue();
        state.schedule.g2 = schedule.path("G2").doubleValue();
        return manifest;
    }

    private static void write(Sums sums, ObjectNode to) {
        to.put("lossSum", sums.lossSum).put("rows", sums.rows).put("weight", sums.weight);
        ArrayNode slots = to.putArray("slots");
        for (double slot : sums.slots) slots.add(slot);
    }

    /** Checkpoints of version 0.1 have no slots; the epoch's metrics then cover the rows since the checkpoint. */
    private static void read(JsonNode from, Sums sums) {
        if (!from.has("slots")) return;
        sums.lossSum = from.get("lossSum").doubleValue();
        sums.rows = from.get("rows").longValue();
        sums.weight = from.get("weight").doubleValue();
        for (int i = 0; i < sums.slots.length; i++)
            sums.slots[i] = from.get("slots").get(i).doubleValue();
    }

    /** The validation loss in a folder's manifest; infinite where there is none or it is damaged. */
    static double validationLoss(String folder) {
        try {
            return manifest(folder).path("validationLoss").asDouble(Double.POSITIVE_INFINITY);
        } catch (IOException e) {
            return Double.POSITIVE_INFINITY;
        }
    }

    private static ObjectNode manifest(String folder) throws IOException {
        try (InputStream in = HadoopFiles.open(folder + MANIFEST)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (Specs.parse(folder, text) instanceof ObjectNode found
                    && found.toString().equals(text)) {
                JsonNode hash = found.remove("manifestSha256");
                if (hash != null && hash(found).equals(hash.textValue())) return found;
            }
            throw new CorruptCheckpointException(
                    folder + " is damaged (checksum of " + MANIFEST.substring(1) + " differs)");
        } catch (SpecException e) {
            throw new CorruptCheckpointException(folder + " is damaged (" + e.getMessage() + ")");
        }
    }

    private static String hash(ObjectNode manifest) {
        return HexFormat.of().formatHex(sha256().digest(manifest.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
