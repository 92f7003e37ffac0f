package io.firesteel.data;

import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The rooms of an RDD's elements, each in the process where it is made.
 *
 * @param together elements that one process holds
 */
record Rooms(Level level, int together) implements Serializable {
    static Rooms of(JavaSparkContext spark, Level level, int partitions) {
        int executors =
                Math.max(1, spark.sc().statusTracker().getExecutorInfos().length - 1); // the driver is one of them
        return new Rooms(level, (partitions + executors - 1) / executors);
    }

    Room room() {
        return Room.of(level, together);
    }
}
