package io.firesteel.train;

import io.firesteel.array.Floats;
import io.firesteel.data.Portion;
import io.firesteel.data.Portion.Split;
import io.firesteel.loss.Score;
import io.firesteel.train.Tree.Merge;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Gradients from Spark tasks: a broadcast of the parameters and one job a step. Each task merges its own subtrees; the driver stores
 * what arrives by its place and merges when the job is done, so that the order of arrival does not matter.
 */
final class OnSpark implements Gradients {
  private static final ClassTag<Flat> FLAT = ClassTag$.MODULE$.apply(Flat.class);

  private final JavaSparkContext spark;
  private final JavaRDD<Portion> portions;
  private final Job job;
  private final List<Merge> across;
  private final Team team;
  private final Phases phases = new Phases();

  /** Partition i of {@code portions} holds the shards [starts[i], starts[i + 1]). */
  OnSpark(JavaSparkContext spark, JavaRDD<Portion> portions, Job job, int[] starts, Team team) {
    this.spark = spark;
    this.portions = portions;
    this.job = job;
    this.across = new Tree(job.shards()).across(starts);
    this.team = team;
  }

  @Override public String name() { return "spark"; }

  @Override public GradientSum sum(float[] params, Batch batch) {
    Partial[][] results = run(Partial[].class, "compute", params, flat -> new Tasks.Sums(job, flat, batch));
    long start = System.nanoTime();
    float[][] sums = new float[job.shards()][];
    for (Partial[] partials : results) for (Partial partial : partials) sums[partial.head] = partial.gradient.values();
    if (!across.isEmpty()) team.slices(params.length, (thread, from, to) -> {
      for (Merge merge : across) Floats.add(sums[merge.from()], sums[merge.into()], from, to);
    });
    Score score = merged(results);
    phases.since("merge", start);
    return new GradientSum(sums[0], score);
  }

  @Override public Fault fault(float[] params, Batch batch) {
    for (Fault fault : run(Fault.class, "compute", params, flat -> new Tasks.Faults(job, flat, batch)))
      if (fault != null) return fault;
    return null;
  }

  @Override public Score score(float[] params, Split split) {
    return merged(run(Partial[].class, "score", params, flat -> new Tasks.Scores(job, flat, split)));
  }

  private Score merged(Partial[][] results) {
    Score[] scores = new Score[job.shards()];
    for (Partial[] partials : results) for (Partial partial : partials) scores[partial.head] = partial.score();
    for (Merge merge : across) scores[merge.into()] = scores[merge.into()].plus(scores[merge.from()]);
    return scores[0];
  }

  /** One job over all portions; the results by partition. */
  private <R> R[] run(Class<R> type, String phase, float[] params, Function<Broadcast<Flat>, Tasks<R>> task) {
    long start = System.nanoTime();
    Broadcast<Flat> flat = spark.sc().broadcast(new Flat(params), FLAT);
    try {
      start = phases.since("broadcast", start);
      int partitions = portions.getNumPartitions();
      @SuppressWarnings("unchecked")
      R[] results = (R[]) java.lang.reflect.Array.newInstance(type, partitions);
      ClassTag<R> tag = ClassTag$.MODULE$.apply(type);
      spark.sc().runJob(portions.rdd(), task.apply(flat), new Store<>(results), tag);
      phases.since(phase, start);
      return results;
    } finally {
      flat.destroy();
    }
  }

  /** Runs on Spark's event loop, where nothing but storing is allowed. */
  private static final class Store<R> extends AbstractFunction2<Object, R, BoxedUnit> {
    private final R[] results;

    Store(R[] results) { this.results = results; }

    @Override public BoxedUnit apply(Object partition, R result) {
      results[(Integer) partition] = result;
      return BoxedUnit.UNIT;
    }
  }

  @Override public void report(Phases into) { phases.seconds().forEach(into::add); }

  @Override public void close() { portions.unpersist(false); }
}
