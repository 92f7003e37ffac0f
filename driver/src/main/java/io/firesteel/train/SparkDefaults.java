package io.firesteel.train;

import io.firesteel.internal.gradient.ExecutorWarmUp;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.SparkConf;

/** The Spark settings that suit one job per step; each is set only where the user has not set it. */
public final class SparkDefaults {
    private static final long MIB = 1 << 20;

    private SparkDefaults() {}

    /** Sets what is missing for {@code floats} parameters on {@code shards} shards; returns what it set. */
    public static Map<String, String> apply(SparkConf conf, long floats, int shards) {
        long vector = 4 * floats / MIB + 1; // MiB
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("spark.locality.wait", "0"); // after an executor is lost, 3 s of waiting is the whole stall
        defaults.put(
                "spark.network.timeout",
                "60s"); // a machine that falls silent holds up one step this long, and not two minutes
        defaults.put(
                "spark.network.timeoutInterval", "15s"); // how often that is looked at; the default adds another minute
        defaults.put(
                "spark.shuffle.io.retryWait",
                "1s"); // what a lost executor was just sending is asked for elsewhere; 5 s is a stall
        defaults.put("spark.shuffle.io.maxRetries", "15"); // as patient in all as 3 times 5 s
        defaults.put("spark.broadcast.compress", "false"); // weights do not compress
        defaults.put("spark.shuffle.compress", "false"); // nor do gradients
        defaults.put(
                "spark.task.maxDirectResultSize", Math.min(1024, 4 * vector) + "m"); // no detour over the block manager
        defaults.put(
                "spark.rpc.message.maxSize",
                Long.toString(Math.min(2047, Math.max(128, 8 * vector)))); // MiB, above the former
        defaults.put("spark.driver.maxResultSize", "0"); // results are at most one vector per subtree
        defaults.put("spark.ui.showConsoleProgress", "false");
        defaults.put("spark.app.name", "firesteel");
        defaults.put("spark.master", "local[*]");
        defaults.keySet().removeIf(conf::contains);
        if (conf.contains("spark.jars")) { // an executor that does not find a plugin there ends
            String plugins = conf.get("spark.plugins", "");
            defaults.put(
                    "spark.plugins",
                    (plugins.isEmpty() ? "" : plugins + ",") + ExecutorWarmUp.class.getName()); // beside the user's
        }
        defaults.forEach(conf::set);
        return defaults;
    }
}
