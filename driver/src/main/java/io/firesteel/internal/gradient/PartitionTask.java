package io.firesteel.internal.gradient;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.TaskContext;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;

/** What runs on an executor on one partition: a named class, so that Spark has no closure to clean. */
public abstract class PartitionTask<T, R> extends AbstractFunction2<TaskContext, Iterator<T>, R>
        implements Serializable {
    private static final long serialVersionUID = 1;

    /** A task whose sums are cut for the reducers of the next level. */
    static final class Sending<T> extends AbstractFunction1<Iterator<T>, Iterator<Tuple2<Integer, GradientSum>>>
            implements Serializable {
        private static final long serialVersionUID = 1;

        private final PartitionTask<T, GradientSum[]> task;
        private final MergeLevel round;

        Sending(PartitionTask<T, GradientSum[]> task, MergeLevel round) {
            this.task = task;
            this.round = round;
        }

        @SuppressWarnings("deprecation") // their successors are not in Scala 2.12
        @Override
        public Iterator<Tuple2<Integer, GradientSum>> apply(Iterator<T> partition) {
            List<Tuple2<Integer, GradientSum>> pieces = round.pieces(task.apply(TaskContext.get(), partition));
            return JavaConverters.asScalaIterator(pieces.iterator());
        }
    }
}
