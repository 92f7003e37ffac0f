package io.firesteel.data;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** The rows of a run, counted, and ready to be dealt to its shards. */
public interface Rows {
    /** What every row looks like. */
    Header header();

    long trainRows();

    long validationRows();

    long testRows();

    /** What reading the training rows has met. */
    Census trainCensus();

    /** What reading the test rows has met; null when there are none. */
    Census testCensus();

    /**
     * Partition i holds the shards [starts[i], starts[i + 1]). Reads nothing yet; the same rows whenever it is
     * computed.
     */
    JavaRDD<Portion> portions(JavaSparkContext spark, int[] starts);

    /** The same portions by reference, where Spark runs in this JVM. */
    default List<Portion> portionsHere(JavaSparkContext spark, int[] starts) {
        return Dealing.inThisProcess(Dealing.over(spark, this, starts));
    }
}
