package io.firesteel.studies.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.spec.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Study folders made from the model S = Smin (1 + Bcrit/B), as a study writes them. */
final class Sample {
    private static final double CRITICAL = 157, LEAST = 182;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Sample() {}

    /** A study that concludes, with rules, a system half, an edge, a failed rate and a name that HTML must escape. */
    static Path whole(Path folder) throws IOException {
        ObjectNode summary = NODES.objectNode()
                .put("name", "sample <fc> & \"more\"")
                .put("concluded", true)
                .put(
                        "conclusion",
                        "steps to a validation error of 0.15 fall as 1/B up to B = 64 and no more from B = "
                                + "1024; critical batch 157 (140..182)");
        warning(summary, "edge", "At B = 4096 the best rate is the highest that was tried; search further up.");
        summary.putObject("environment").put("master", "local[2]");
        summary.putObject("protocol").put("trainRows", 55000);
        goal(summary.withArray("goals"), 0.2, 0.4);
        goal(summary.withArray("goals"), 0.15, 1);
        StringBuilder trials = new StringBuilder("trial,phase,B,W,shards,rate,momentum,rule,seed,status,steps\n");
        StringBuilder measured = new StringBuilder(
                "trial,step,examples,seconds,trainLoss,valLoss,valError,trS,G2,noiseScale,noiseLow,noiseHigh\n");
        summary.withArray("rules").addObject().put("rule", "tuned");
        ObjectNode linear = summary.withArray("rules").addObject().put("rule", "linear");
        for (int b = 16; b <= 4096; b *= 2) {
            trials.append(
                    String.format(Locale.ROOT, "t%d,confirm,%d,1,4,0.1,0.0,tuned,101,goal,%.0f%n", b, b, steps(b)));
            for (int step = 1; step <= steps(b); step = 1 + step * 2)
                measured.append(String.format(
                        Locale.ROOT,
                        "t%d,%d,%d,1,2,2,0.5,1,1,%s,%s,%s%n",
                        b,
                        step,
                        step * b,
                        20 * Math.sqrt(step),
                        step < 4 ? "" : 14 * Math.sqrt(step),
                        step < 4 ? "" : 27 * Math.sqrt(step)));
            summary.withArray("noise")
                    .addObject()
                    .put("batch", b)
                    .put("trial", "t" + b)
                    .put("noiseScale", 200 + b / 32.0);
            ObjectNode search = summary.withArray("search")
                    .addObject()
                    .put("batch", b)
                    .put("outcome", b == 4096 ? "edge high" : "bracketed");
            search.putObject("best").put("rate", rate(b));
            for (double factor = 0.25; factor <= (b == 4096 ? 1 : 4); factor *= 2)
                search.withArray("cells")
                        .addObject()
                        .put("rate", rate(b) * factor)
                        .put(
                                "score",
                                factor == 4 && b < 64
                                        ? null
                                        : (Double) (steps(b) * (1 + Math.abs(Math.log(factor)) / 2)));
            linear.withArray("batches")
                    .addObject()
                    .put("batch", b)
                    .put("ratioToTuned", b > 1024 ? null : (Double) (1 + b / 512.0));
        }
        write(folder, "summary.json", Specs.text(summary));
        write(folder, "trials.csv", trials.toString());
        write(folder, "measurements.csv", measured.toString());
        write(folder, "system.json", Specs.text(system()));
        return folder;
    }

    /** A study whose goal was never reached, without a system half. */
    static Path empty(Path folder) throws IOException {
        ObjectNode summary = NODES.objectNode()
                .put("name", "nothing")
                .put("concluded", false)
                .put("conclusion", "cannot be concluded, because no batch size reached a validation error of 0.01");
        warning(summary, "unreached", "No trial reached a validation error of 0.01.");
        ObjectNode goal =
                summary.withArray("goals").addObject().put("metric", "valError").put("level", 0.01);
        goal.putObject("fit").put("found", false).put("reason", "no batch size reached the goal");
        ObjectNode batch = goal.withArray("batches")
                .addObject()
                .put("batch", 16)
                .putNull("rate")
                .put("search", "failed");
        batch.putObject("steps").putNull("median").put("failures", 5);
        write(folder, "summary.json", Specs.text(summary));
        write(folder, "trials.csv", "trial,B\nt16,16\n");
        write(folder, "measurements.csv", "trial,step\n");
        return folder;
    }

    private static void goal(ArrayNode goals, double level, double share) {
        ObjectNode goal = goals.addObject().put("metric", "valError").put("level", level);
        for (int b = 16; b <= 4096; b *= 2) {
            ObjectNode batch = goal.withArray("batches")
                    .addObject()
                    .put("batch", b)
                    .put("rate", rate(b))
                    .put("search", "bracketed")
                    .put("stepsSelected", steps(b) * share * 0.97);
            ObjectNode steps = batch.putObject("steps")
                    .put("median", steps(b) * share)
                    .put("min", steps(b) * share * 0.9)
                    .put("max", steps(b) * share * 1.1)
                    .put("failures", 0);
            for (int seed = 101; seed <= 105; seed++)
                steps.withArray("values")
                        .addObject()
                        .put("seed", seed)
                        .put("steps", steps(b) * share * (1 + (seed - 103) * 0.04));
            batch.put("examples", steps(b) * share * b).put("trainSeconds", 1.5);
            goal.withObject("/fit")
                    .withArray("perBatch")
                    .addObject()
                    .put("batch", b)
                    .put("steps", steps(b) * share);
        }
        ((ObjectNode) goal.get("fit"))
                .put("found", true)
                .put("criticalBatch", CRITICAL)
                .put("criticalLow", 140)
                .put("criticalHigh", 182)
                .put("minSteps", LEAST * share)
                .put("minExamples", CRITICAL * LEAST * share);
        goal.withArray("spans")
                .addObject()
                .put("regime", "perfect")
                .put("from", 16)
                .put("to", 64);
        goal.withArray("spans")
                .addObject()
                .put("regime", "diminishing")
                .put("from", 64)
                .put("to", 1024);
        goal.withArray("spans")
                .addObject()
                .put("regime", "maximal")
                .put("from", 1024)
                .put("to", 4096);
    }

    private static ObjectNode system() {
        ObjectNode system = NODES.objectNode();
        for (int w : new int[] {1, 2, 4})
            for (int b = 16; b <= 4096; b *= 4) {
                double seconds = 0.002 + b * 2e-5 / Math.min(w, 2), efficiency = (0.002 + b * 2e-5) / w / seconds;
                ObjectNode cell = system.withArray("cells")
                        .addObject()
                        .put("batch", b)
                        .put("workers", w)
                        .put("oversubscribed", w > 2)
                        .put("heldOut", b == 64);
                cell.putObject("seconds")
                        .put("p50", seconds)
                        .put("p95", seconds * 1.3)
                        .put("mean", seconds * 1.05);
                for (String phase : new String[] {"broadcast", "compute", "wait", "merge", "update"})
                    cell.withObject("/ledger")
                            .putObject(phase)
                            .put("p50", seconds / 5)
                            .put("p95", seconds / 4)
                            .put("mean", seconds * 1.05 / 5);
                cell.put("throughput", b / seconds)
                        .put("strongEfficiency", efficiency)
                        .put("goodput", b / seconds / (1 + b / CRITICAL))
                        .put("timeToGoal", steps(b) * seconds);
                if (b > 16) cell.put("weakEfficiency", 0.5 + efficiency / 2);
                cell.putObject("predicted")
                        .put("seconds", seconds * 1.06)
                        .put("low", seconds * 0.95)
                        .put("high", seconds * 1.2);
                cell.put("relativeError", 0.06);
            }
        system.putObject("model").put("found", true).putObject("heldOut").put("worst", 0.06);
        for (int w = 8; w <= 1024; w *= 2)
            for (int b = 64; b <= 4096; b *= 8)
                system.withArray("predictions")
                        .addObject()
                        .put("workers", w)
                        .put("batch", b)
                        .put("route", "spark")
                        .put("timeToGoal", steps(b) * (0.01 + 0.002 * Math.log(w) + b * 2e-5 / w));
        for (String kind : new String[] {"measured", "predicted"})
            for (String goal : new String[] {"time", "coreHours"})
                system.withObject("/advice/" + kind + "/" + goal)
                        .put("batch", 1024)
                        .put("workers", 2)
                        .put("seconds", 4.2)
                        .put("coreHours", 0.0023);
        warning(
                system,
                "oversubscribed",
                "W = 4 is above the 2 cores of this machine: its steps are shown and not counted.");
        return system;
    }

    private static double steps(double b) {
        return LEAST * (1 + CRITICAL / b);
    }

    private static double rate(double b) {
        return Math.min(0.25, b / 512);
    }

    private static void warning(ObjectNode to, String kind, String text) {
        to.withArray("warnings").addObject().put("kind", kind).put("text", text);
    }

    private static void write(Path folder, String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
