package io.firesteel.train;

import io.firesteel.data.Portion;
import io.firesteel.data.Portion.Split;
import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/** What runs on executors, on one partition's portion: named classes, so that Spark has no closure to clean. */
abstract class Tasks<R> extends AbstractFunction2<TaskContext, Iterator<Portion>, R> implements Serializable {
  private static final long serialVersionUID = 1;
  private static final ThreadLocal<Kept> KEPT = new ThreadLocal<>();

  private final Job job;
  private final Broadcast<Flat> params;

  private Tasks(Job job, Broadcast<Flat> params) {
    this.job = job;
    this.params = params;
  }

  /**
   * What a task's thread keeps between steps. Vectors may be used again by the thread's next task, since Spark serializes a result
   * on the thread that made it.
   */
  private record Kept(String job, Worker worker, Vectors vectors) {}

  @Override public final R apply(TaskContext context, Iterator<Portion> portions) {
    Kept kept = KEPT.get();
    if (kept == null || !kept.job.equals(job.id())) {
      kept = new Kept(job.id(), new Worker(job), new Vectors());
      KEPT.set(kept);
    }
    return apply(portions.next(), params.value().values(), kept);
  }

  abstract R apply(Portion portion, float[] params, Kept kept);

  Partial[] partials(Portion portion, Kept kept, boolean gradients, java.util.function.Consumer<RangeSum> sum) {
    Tree tree = new Tree(job.shards());
    RangeSum range = new RangeSum(tree, portion.from, portion.to, kept.worker, kept.vectors);
    sum.accept(range);
    return tree.heads(portion.from, portion.to).stream()
        .map(head -> new Partial(head, gradients ? range.gradient(head) : null, range.score(head)))
        .toArray(Partial[]::new);
  }

  /** The gradient sums of the portion's subtrees. */
  static final class Sums extends Tasks<Partial[]> {
    private static final long serialVersionUID = 1;

    private final Batch batch;

    Sums(Job job, Broadcast<Flat> params, Batch batch) {
      super(job, params);
      this.batch = batch;
    }

    @Override Partial[] apply(Portion portion, float[] params, Kept kept) {
      return partials(portion, kept, true, range -> range.gradients(portion, params, batch));
    }
  }

  /** The scores of the portion's subtrees. */
  static final class Scores extends Tasks<Partial[]> {
    private static final long serialVersionUID = 1;

    private final Split split;

    Scores(Job job, Broadcast<Flat> params, Split split) {
      super(job, params);
      this.split = split;
    }

    @Override Partial[] apply(Portion portion, float[] params, Kept kept) {
      return partials(portion, kept, false, range -> range.scores(portion, params, split));
    }
  }

  /** The first of the portion's shards that is not finite, or null. */
  static final class Faults extends Tasks<Gradients.Fault> {
    private static final long serialVersionUID = 1;

    private final Batch batch;

    Faults(Job job, Broadcast<Flat> params, Batch batch) {
      super(job, params);
      this.batch = batch;
    }

    @Override Gradients.Fault apply(Portion portion, float[] params, Kept kept) {
      return kept.worker.fault(portion, params, batch);
    }
  }
}
