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
 * The results of finished trials, one file each, written atomically. A result is reused whenever the same trial is
 * requested, so a study that was killed, or given more batch sizes, computes only what is missing.
 */
final class TrialStore {
    private final String folder;
    private final String environment;

    /** {@code environment}: what results depend on besides their trials' settings. */
    TrialStore(String folder, String environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /** The stored result of a trial, or null. */
    TrialResult find(TrialSpec trial) throws IOException {
        String path = path(trial);
        if (!HadoopFiles.exists(path)) return null;
        try (InputStream in = HadoopFiles.open(path)) {
            JsonNode found = Specs.parse(path, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            return ProcessCheck.sameKind(found.path("definition").asText(), trial.definition(environment))
                    ? Specs.read(path, found.path("result"), TrialResult.class)
                    : null;
        } catch (SpecException damaged) {
            return null; // unreadable: the trial is run again
        }
    }

    void keep(TrialSpec trial, JsonNode result) throws IOException {
        ObjectNode text = JsonNodeFactory.instance.objectNode().put("definition", trial.definition(environment));
        text.set("result", result);
        write(path(trial), text + "\n");
    }

    /** Writes to a temporary name and renames it. */
    static void write(String path, String text) throws IOException {
        try (OutputStream out = HadoopFiles.create(path + ".part")) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        HadoopFiles.delete(path);
        HadoopFiles.move(path + ".part", path);
    }

    private String path(TrialSpec trial) {
        return folder + "/" + trial.trial().id() + ".json";
    }
}
