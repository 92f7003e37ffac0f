package io.firesteel.study;

import io.firesteel.model.Model;
import io.firesteel.spec.Specs;
import org.apache.spark.api.java.function.Function;

/** What Spark runs: an order in, a result out, both as JSON. {@code kind}: what every machine must be. */
record TrialTask(Model model, Rows rows, String kind) implements Function<String, String> {
    @Override
    public String call(String text) {
        Order order = Specs.read("order", Specs.parse("order", text), Order.class);
        return Specs.write(new Attempt(order, model, rows.portion(), kind).run())
                .toString();
    }
}
