package io.firesteel.studies.scaling;

import io.firesteel.internal.cluster.ProcessCheck;
import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.spec.Specs;
import io.firesteel.train.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Measures real steps on the current master and writes {@code system.json}.
 *
 * <pre>{@code
 * SystemBenchmark.measure(spark, run, List.of(1, 2), List.of(16, 64, 256, 1024), "studies/fashion-fc-1");
 * }</pre>
 */
public final class SystemBenchmark {
    private static final int ROUNDS = 4; // over all pairs of batch and workers; the first is warm-up
    private static final int SETTLE = 3; // steps after a change of batch that are not counted
    private static final double VISIT = 0.4; // seconds per pair and round
    private static final int FEWEST = 5, MOST = 150; // steps per pair and round

    private SystemBenchmark() {}

    /**
     * Measures every batch size on every number of workers, fits the cost model, and predicts larger clusters.
     *
     * @param workers threads on a local master, tasks on a cluster; more than the cores are measured, but marked
     * @param batches batch sizes in rows, at most the rows of the data
     * @param folder a study's folder: {@code summary.json} gives the steps to a goal; {@code system.json} is written
     *     there
     */
    public static void measure(
            JavaSparkContext spark, Run run, List<Integer> workers, List<Integer> batches, String folder)
            throws IOException {
        Run sharded = run.withShards(Math.max(run.shards(), Collections.max(workers)));
        int cores = cores(spark);
        List<MeasuredStep> cells = new ArrayList<>();
        Map<Integer, Double> empties = new TreeMap<>();
        Map<Integer, StepBenchmark> meters = new LinkedHashMap<>();
        String route;
        try {
            for (int w : workers) meters.put(w, new StepBenchmark(spark, sharded, w));
            route = meters.get(workers.get(0)).route();
            for (int i = 0; i < workers.size(); i++)
                for (int j = 0; j < batches.size(); j++) {
                    boolean inside = j > 0
                            && j < batches.size() - 1; // the model is checked between batch sizes, not beyond them
                    cells.add(new MeasuredStep(
                            batches.get(j),
                            workers.get(i),
                            workers.get(i) > cores,
                            inside && (i + j) % 2 == 1,
                            meters.get(workers.get(i)).work(batches.get(j))));
                }
            for (int round = 0; round < ROUNDS; round++) {
                for (MeasuredStep cell : cells) visit(cell, meters.get(cell.workers()), round > 0);
            }
            for (int w : workers) empties.put(w, empty(meters.get(w)));
        } finally {
            meters.values().forEach(StepBenchmark::close);
        }
        String json = Specs.text(
                new SystemReport(cells, empties, StatisticalResult.read(folder), cores, sharded, spark.master(), route)
                        .json());
        try (OutputStream out = HadoopFiles.create(folder + "/system.json")) {
            out.write(json.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void visit(MeasuredStep cell, StepBenchmark meter, boolean counts) {
        for (int i = 0; i < SETTLE; i++) meter.step(cell.batch());
        double spent = 0;
        for (int i = 0; i < MOST && (i < FEWEST || spent < VISIT); i++) {
            StepBenchmark.Taken taken = meter.step(cell.batch());
            spent += taken.seconds();
            if (counts) cell.steps().add(taken);
        }
    }

    /** The median of many empty jobs. */
    private static double empty(StepBenchmark meter) {
        double[] seconds = new double[40];
        for (int i = 0; i < seconds.length; i++) seconds[i] = meter.empty();
        java.util.Arrays.sort(seconds);
        return seconds[seconds.length / 2];
    }

    /** The cores that the master offers, at most those that its machines have. */
    private static int cores(JavaSparkContext spark) {
        Map<String, Integer> machines = new TreeMap<>();
        for (ProcessCheck check : ProcessCheck.everywhere(spark, 1)) machines.merge(check.host, check.cores, Math::max);
        return Math.min(
                spark.defaultParallelism(),
                machines.values().stream().mapToInt(Integer::intValue).sum());
    }
}
