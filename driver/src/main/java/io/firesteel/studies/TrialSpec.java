package io.firesteel.studies;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.internal.gradient.BatchPlan;
import io.firesteel.optim.Optimizer;
import io.firesteel.schedule.AdaScale;
import io.firesteel.schedule.Schedule;
import io.firesteel.schedule.WarmUp;
import io.firesteel.spec.SpecException;
import io.firesteel.spec.Specs;
import io.firesteel.train.Run;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Everything needed to run a trial, except the rows.
 *
 * @param run the study's run file with the trial's batch, rate and seed
 * @param cap steps after which it ends
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

    /** The trial as a run of its own; rows are assigned to shards as in the run file, whatever the trial's seed. */
    private static Run run(Run base, Trial trial, long perEpoch, long cap) {
        return new Run(
                data(base),
                base.normalization(),
                base.model(),
                base.loss(),
                trial.momentum() == null ? base.optimizer() : withMomentum(base.optimizer(), trial.momentum()),
                schedule(base, trial, perEpoch),
                base.weightDecay(),
                trial.batch(),
                Math.toIntExact(Math.max(1, (cap + perEpoch - 1) / perEpoch)),
                trial.seed(),
                base.shards(),
                base.dropLast(),
                new Run.Stop(cap),
                base.checkpoint(),
                base.metrics(),
                base.clipping());
    }

    private static Run.Data data(Run base) {
        Run.Data data = base.data();
        long seed = data.seed() == null ? base.seed() : data.seed();
        return new Run.Data(data.train(), data.test(), data.validation(), seed, data.storage());
    }

    /**
     * The run file's with the trial's learning rate, after the trial's warm-up, carried over where the trial says so.
     */
    private static Schedule schedule(Run base, Trial trial, long perEpoch) {
        Schedule schedule = base.schedule().withLearningRate(trial.rate());
        double scale = trial.baseBatch() > 0 ? (double) trial.batch() / trial.baseBatch() : 1;
        long warmUp = Math.round(trial.warmUp() * perEpoch * scale);
        if (warmUp > 0) schedule = new WarmUp(warmUp, schedule);
        return trial.baseBatch() > 0 ? new AdaScale(trial.baseBatch(), schedule) : schedule;
    }

    private static Optimizer withMomentum(Optimizer optimizer, double momentum) {
        return optimizer
                .withMomentum(momentum)
                .orElseThrow(() -> new SpecException(
                        "optimizer: " + Specs.name(optimizer.getClass()) + " has no momentum to search; use Walk"));
    }

    /** Whether the cap is twice the median of the best point so far, not the study's own. */
    boolean censors() {
        return cap == trial.incumbent();
    }

    /**
     * A hash of everything its result depends on; {@code environment} describes the data and the kernels, which the run
     * does not.
     */
    String definition(String environment) {
        ObjectNode tree = (ObjectNode) Specs.write(this);
        ((ObjectNode) tree.get("run")).remove("checkpoint");
        ((ObjectNode) tree.at("/run/data")).remove(java.util.List.of("train", "test"));
        try {
            byte[] text = (environment + tree).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
