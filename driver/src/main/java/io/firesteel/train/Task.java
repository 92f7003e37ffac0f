package io.firesteel.train;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.TaskContext;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;

/** What runs on an executor on one partition: a named class, so that Spark has no closure to clean. */
abstract class Task<T, R> extends AbstractFunction2<TaskContext, Iterator<T>, R> implements Serializable {
    private static final long serialVersionUID = 1;

    /** A task whose sums are cut for the next round's reducers. */
    static final class Sending<T> extends AbstractFunction1<Iterator<T>, Iterator<Tuple2<Integer, Partial>>>
            implements Serializable {
        private static final long serialVersionUID = 1;

        private final Task<T, Partial[]> task;
        private final Round round;

        Sending(Task<T, Partial[]> task, Round round) {
            this.task = task;
            this.round = round;
        }

        @SuppressWarnings("deprecation") // their successors are not in Scala 2.12
        @Override
        public Iterator<Tuple2<Integer, Partial>> apply(Iterator<T> partition) {
            List<Tuple2<Integer, Partial>> pieces = round.pieces(task.apply(TaskContext.get(), partition));
            return JavaConverters.asScalaIterator(pieces.iterator());
        }
    }
}
