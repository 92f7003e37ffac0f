package io.firesteel.studies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.internal.gradient.BatchPlan;
import io.firesteel.spec.SpecException;
import io.firesteel.spec.Specs;
import io.firesteel.train.Run;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * All that is needed to carry out a trial, besides the rows.
 *
 * @param run its run: that of the study's run file with the trial's batch, rate and seed
 * @param cap steps at which it ends
 */
public record TrialSpec(Trial trial, Run run, Study.Goals goals, double cadence, long cap, double minutes) {
    /** {@code rows} is the number of training rows. */
    static TrialSpec of(Study study, Run base, Trial trial, long rows) {
        long perEpoch = new BatchPlan(rows, trial.batch(), base.dropLast()).stepsPerEpoch();
        long cap = study.caps().steps(perEpoch);
        if (trial.incumbent() > 0) cap = Math.min(cap, trial.incumbent());
        return new TrialSpec(
                trial,
                run(base, trial, perEpoch, cap),
                study.goals(),
                study.cadence(),
                cap,
                study.caps().minutes());
    }

    /**
     * The trial as a run that could be trained by itself; rows are dealt as the run file says, whatever the trial's
     * seed.
     */
    private static Run run(Run base, Trial trial, long perEpoch, long cap) {
        ObjectNode tree = (ObjectNode) Specs.write(base);
        tree.put("batch", trial.batch()).put("seed", trial.seed());
        tree.put("epochs", Math.toIntExact(Math.max(1, (cap + perEpoch - 1) / perEpoch)));
        tree.withObject("/stop").put("steps", cap);
        tree.withObject("/data")
                .put(
                        "seed",
                        base.data().seed() == null ? base.seed() : base.data().seed());
        JsonNode schedule = tree.get("schedule");
        while (schedule.has("then")) schedule = schedule.get("then");
        if (!schedule.has("rate"))
            throw new SpecException("schedule: " + schedule.get("type") + " has no rate to study");
        ((ObjectNode) schedule).put("rate", trial.rate());
        long warmUp = Math.round(
                trial.warmUp() * perEpoch * (trial.baseBatch() > 0 ? (double) trial.batch() / trial.baseBatch() : 1));
        if (warmUp > 0) {
            JsonNode then = tree.get("schedule");
            tree.putObject("schedule")
                    .put("type", "WarmUp")
                    .put("steps", warmUp)
                    .set("then", then);
        }
        if (trial.baseBatch() > 0) {
            JsonNode then = tree.get("schedule");
            tree.putObject("schedule")
                    .put("type", "AdaScale")
                    .put("baseBatch", trial.baseBatch())
                    .set("then", then);
        }
        if (trial.momentum() != null) {
            if (!tree.get("optimizer").has("momentum"))
                throw new SpecException(
                        "optimizer: " + tree.at("/optimizer/type").asText() + " has no momentum to search; use Walk");
            tree.withObject("/optimizer").put("momentum", trial.momentum());
        }
        return Specs.read("", tree, Run.class);
    }

    /** Whether the cap is that of the incumbent. */
    boolean censors() {
        return cap == trial.incumbent();
    }

    /** A hash of all that its bits depend on; {@code place} says of the rows and the machines what the run does not. */
    String definition(String place) {
        ObjectNode tree = (ObjectNode) Specs.write(this);
        ((ObjectNode) tree.get("run")).remove("checkpoint");
        ((ObjectNode) tree.at("/run/data")).remove(java.util.List.of("train", "test"));
        try {
            byte[] text = (place + tree).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
