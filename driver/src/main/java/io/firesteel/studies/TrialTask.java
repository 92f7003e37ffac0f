package io.firesteel.studies;

import io.firesteel.internal.shard.ShardRange;
import io.firesteel.model.ModelSpec;
import io.firesteel.spec.Specs;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/**
 * The Spark function of a trial: trial spec in, result out, both as JSON. {@code fingerprint}: the kernels that every
 * machine must have.
 */
record TrialTask(ModelSpec model, Broadcast<ShardRange> rows, String fingerprint) implements Function<String, String> {
    @Override
    public String call(String text) {
        TrialSpec order = Specs.read("order", Specs.parse("order", text), TrialSpec.class);
        return Specs.write(new TrialRunner(order, model, rows.value(), fingerprint).run())
                .toString();
    }
}
