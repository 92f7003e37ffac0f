package io.firesteel.studies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.internal.cluster.ProcessCheck;
import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.spec.SpecException;
import io.firesteel.spec.Specs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The results of trials that are done, a file each, there whole or not at all. A result counts again wherever the same
 * trial is ordered, so a study that was killed, or given more batches, computes only what is missing.
 */
final class TrialStore {
    private final String folder;
    private final String place;

    /** {@code place}: what results depend on besides their orders. */
    TrialStore(String folder, String place) {
        this.folder = folder;
        this.place = place;
    }

    /** The result of an order, or null. */
    TrialResult find(TrialSpec order) throws IOException {
        String path = path(order);
        if (!HadoopFiles.exists(path)) return null;
        try (InputStream in = HadoopFiles.open(path)) {
            JsonNode found = Specs.parse(path, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            return ProcessCheck.sameKind(found.path("definition").asText(), order.definition(place))
                    ? Specs.read(path, found.path("result"), TrialResult.class)
                    : null;
        } catch (SpecException damaged) {
            return null; // it is run again
        }
    }

    void keep(TrialSpec order, JsonNode result) throws IOException {
        ObjectNode text = JsonNodeFactory.instance.objectNode().put("definition", order.definition(place));
        text.set("result", result);
        write(path(order), text + "\n");
    }

    /** Writes a file aside and renames it. */
    static void write(String path, String text) throws IOException {
        try (OutputStream out = HadoopFiles.create(path + ".part")) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        HadoopFiles.delete(path);
        HadoopFiles.move(path + ".part", path);
    }

    private String path(TrialSpec order) {
        return folder + "/" + order.trial().id() + ".json";
    }
}
