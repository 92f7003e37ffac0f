package io.firesteel.studies.scaling;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.train.Run;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code system.json}: the measured steps, the model and its errors, the predictions, the advice. */
final class SystemReport {
    private static final int FEWEST_TO_FIT = 4;

    private final List<MeasuredStep> cells;
    private final StatisticalResult progress;
    private final int cores;
    private final Run run;
    private final StepCostModel model; // null if there are too few measurements
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();
    private final long floats;

    SystemReport(
            List<MeasuredStep> cells,
            Map<Integer, Double> empties,
            StatisticalResult progress,
            int cores,
            Run run,
            String master,
            String route) {
        this.cells = cells;
        this.progress = progress;
        this.cores = cores;
        this.run = run;
        List<MeasuredStep> fitted = cells.stream()
                .filter(cell -> !cell.oversubscribed() && !cell.heldOut())
                .toList();
        this.model = fitted.size() < FEWEST_TO_FIT ? null : new StepCostModel(fitted, empties);
        this.floats = Math.round(cells.get(0).work().updates() * threads(cells.get(0), route));
        json.put("master", master)
                .put("route", route)
                .put("parameters", floats)
                .put("shards", run.shards())
                .put("cores", cores);
    }

    private static int threads(MeasuredStep cell, String route) {
        return route.equals("in-process")
                ? cell.workers()
                : Runtime.getRuntime().availableProcessors();
    }

    ObjectNode json() {
        ArrayNode list = json.putArray("cells");
        cells.forEach(cell -> write(cell, list.addObject()));
        writeModel();
        ScalingAdvice advice = new ScalingAdvice(json.putObject("advice"));
        if (model != null) predict(json.putArray("predictions"), advice);
        cells.stream()
                .filter(cell -> !cell.oversubscribed())
                .forEach(cell -> advice.measured(cell.batch(), cell.workers(), cell.median(), progress));
        advice.write();
        warnings(json.putArray("warnings"));
        return json;
    }

    private void write(MeasuredStep cell, ObjectNode to) {
        to.put("batch", cell.batch())
                .put("workers", cell.workers())
                .put("oversubscribed", cell.oversubscribed())
                .put("heldOut", cell.heldOut())
                .put("steps", cell.steps().size());
        to.putObject("seconds")
                .put("p50", cell.median())
                .put("p95", cell.seconds(0.95))
                .put("mean", cell.mean());
        ObjectNode ledger = to.putObject("ledger");
        for (String phase : cell.phases())
            ledger.putObject(phase)
                    .put("p50", cell.quantile(0.5, step -> step.phases().getOrDefault(phase, 0.0)))
                    .put("p95", cell.quantile(0.95, step -> step.phases().getOrDefault(phase, 0.0)))
                    .put(
                            "mean",
                            cell.steps().stream()
                                    .mapToDouble(step -> step.phases().getOrDefault(phase, 0.0))
                                    .average()
                                    .orElse(0));
        to.put("throughput", cell.throughput());
        put(to, "strongEfficiency", find(cell.batch(), 1).map(one -> one.median() / (cell.workers() * cell.median())));
        put(
                to,
                "weakEfficiency",
                cell.batch() % cell.workers() != 0
                        ? Optional.empty()
                        : find(cell.batch() / cell.workers(), 1).map(one -> one.median() / cell.median()));
        put(to, "goodput", Optional.of(cell.throughput() * progress.efficiency(cell.batch())));
        put(to, "timeToGoal", Optional.of(progress.stepsAt(cell.batch()) * cell.median()));
        if (model == null) return;
        StepCostModel.StepEstimate estimate = model.estimate(cell.work());
        to.putObject("predicted")
                .put("seconds", estimate.seconds())
                .put("low", estimate.low())
                .put("high", estimate.high());
        to.put("relativeError", error(cell));
    }

    private double error(MeasuredStep cell) {
        return Math.abs(model.seconds(cell.work()) / cell.median() - 1);
    }

    private Optional<MeasuredStep> find(int batch, int workers) {
        return cells.stream()
                .filter(cell -> cell.batch() == batch && cell.workers() == workers)
                .findFirst();
    }

    private static void put(ObjectNode to, String key, Optional<Double> value) {
        if (value.isPresent() && Double.isFinite(value.get())) to.put(key, value.get());
        else to.putNull(key);
    }

    private void writeModel() {
        ObjectNode to = json.putObject("model").put("found", model != null);
        if (model == null) {
            to.put(
                    "reason",
                    String.format(
                            Locale.ROOT,
                            "fewer than %d pairs of batch and workers are left for the fit; measure more batch sizes",
                            FEWEST_TO_FIT));
            return;
        }
        for (int i = 0; i < StepCostModel.TERMS.size(); i++)
            to.withArray("terms")
                    .addObject()
                    .put("name", StepCostModel.TERMS.get(i))
                    .put("unit", StepCostModel.UNITS.get(i))
                    .put("value", model.price(i))
                    .put("error", model.error(i));
        double[] errors = cells.stream()
                .filter(cell -> cell.heldOut() && !cell.oversubscribed())
                .mapToDouble(this::error)
                .sorted()
                .toArray();
        ObjectNode check = to.putObject("heldOut").put("cells", errors.length);
        if (errors.length > 0) check.put("median", errors[errors.length / 2]).put("worst", errors[errors.length - 1]);
    }

    /** Clusters of 8 to 1024 one-core executors, at least one shard each; the faster of spark and spark-slices. */
    private void predict(ArrayNode list, ScalingAdvice advice) {
        if (!json.path("route").asText().startsWith("spark")) {
            ((ObjectNode) json.get("model"))
                    .put(
                            "reason",
                            "a local master has no network, so a cluster cannot be predicted; "
                                    + "measure on a cluster");
            return;
        }
        int[] batches =
                cells.stream().mapToInt(MeasuredStep::batch).distinct().sorted().toArray();
        for (int workers = 8; workers <= 1024; workers *= 2) {
            int w = workers,
                    shards = Math.max(run.shards(), workers),
                    threads = Runtime.getRuntime().availableProcessors();
            for (int batch : batches) {
                if (batch < workers) continue; // some executors would have no rows
                String route = Arrays.asList("spark", "spark-slices").stream()
                        .min(Comparator.comparingDouble(
                                name -> model.seconds(StepOperations.of(name, w, threads, shards, batch, floats))))
                        .orElseThrow();
                StepCostModel.StepEstimate step =
                        model.estimate(StepOperations.of(route, workers, threads, shards, batch, floats));
                ObjectNode to = list.addObject()
                        .put("workers", workers)
                        .put("batch", batch)
                        .put("route", route)
                        .put("shards", shards)
                        .put("seconds", step.seconds())
                        .put("low", step.low())
                        .put("high", step.high())
                        .put("throughput", batch / step.seconds());
                put(to, "goodput", Optional.of(batch / step.seconds() * progress.efficiency(batch)));
                put(to, "timeToGoal", Optional.of(progress.stepsAt(batch) * step.seconds()));
                advice.predicted(batch, workers, step.seconds(), progress);
            }
        }
    }

    private void warnings(ArrayNode list) {
        int[] over = cells.stream()
                .filter(MeasuredStep::oversubscribed)
                .mapToInt(MeasuredStep::workers)
                .distinct()
                .toArray();
        for (int w : over)
            warn(
                    list,
                    "oversubscribed",
                    String.format(
                            Locale.ROOT,
                            "W = %d exceeds the %d cores available: its steps are shown, but used neither for scaling "
                                    + "nor for the model.",
                            w,
                            cores));
        double worst = json.path("model").path("heldOut").path("worst").asDouble(0);
        if (worst > 0.25)
            warn(
                    list,
                    "model",
                    String.format(
                            Locale.ROOT,
                            "The cost model misses a step outside the fit by %.0f %%: trust its predictions "
                                    + "accordingly.",
                            100 * worst));
    }

    private static void warn(ArrayNode list, String kind, String text) {
        list.addObject().put("kind", kind).put("text", text);
    }
}
