package io.firesteel.studies;

import io.firesteel.model.ModelSpec;
import io.firesteel.spec.Specs;
import org.apache.spark.api.java.function.Function;

/** What Spark runs: an order in, a result out, both as JSON. {@code fingerprint}: what every machine must be. */
record TrialTask(ModelSpec model, SharedRows rows, String fingerprint) implements Function<String, String> {
    @Override
    public String call(String text) {
        TrialSpec order = Specs.read("order", Specs.parse("order", text), TrialSpec.class);
        return Specs.write(new TrialRunner(order, model, rows.shardRange(), fingerprint).run())
                .toString();
    }
}
