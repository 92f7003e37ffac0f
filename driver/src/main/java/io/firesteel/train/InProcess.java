package io.firesteel.train;

import io.firesteel.array.Floats;
import io.firesteel.data.Block;
import io.firesteel.data.Portion;
import io.firesteel.data.Portion.Split;
import io.firesteel.loss.Score;
import io.firesteel.train.Tree.Merge;
import java.util.Arrays;
import java.util.List;

/**
 * Gradients from the threads of this JVM over the same shards that Spark dealt. Each thread owns a range of shards; what is left of
 * the tree is merged slice by slice on all threads.
 */
final class InProcess implements Gradients {
  private final Team team;
  private final List<Portion> portions; // by the first shard
  private final Worker[] workers; // one a range
  private final RangeSum[] ranges; // one a thread, at most
  private final RangeSum[] owner; // [shard]
  private final List<Merge> across;
  private final TaskTime[] times; // one a range
  private final Phases phases;

  InProcess(Job job, List<Portion> portions, Team team, Phases phases) {
    this.team = team;
    this.portions = portions;
    this.phases = phases;
    Tree tree = new Tree(job.shards());
    int[] starts = tree.ranges(team.size());
    this.across = tree.across(starts);
    this.workers = new Worker[starts.length];
    this.ranges = new RangeSum[starts.length];
    this.times = new TaskTime[starts.length];
    this.owner = new RangeSum[job.shards()];
    for (int i = 0; i < starts.length; i++) {
      int to = i + 1 < starts.length ? starts[i + 1] : job.shards();
      workers[i] = new Worker(job);
      ranges[i] = new RangeSum(tree, starts[i], to, workers[i], new Vectors());
      Arrays.fill(owner, starts[i], to, ranges[i]);
    }
  }

  @Override public String name() { return "in-process"; }

  @Override public GradientSum sum(float[] params, Batch batch) {
    long start = System.nanoTime();
    team.run(thread -> {
      if (thread < ranges.length) times[thread] = timed(thread, params, batch);
    });
    long computed = phases.job(List.of(times), start);
    if (!across.isEmpty()) team.slices(params.length, (thread, from, to) -> {
      for (Merge merge : across) Floats.add(gradient(merge.from()), gradient(merge.into()), from, to);
    });
    Tally tally = mergeTallies();
    phases.since("merge", computed);
    return new GradientSum(gradient(0), tally.score(), tally.squares());
  }

  private TaskTime timed(int thread, float[] params, Batch batch) {
    RangeSum range = ranges[thread];
    double begun = TaskTime.clock();
    long start = System.nanoTime();
    range.gradients(this::block, params, batch);
    return new TaskTime("thread " + thread, range.from, range.to, begun, 0, (System.nanoTime() - start) / 1e9, 0, 0);
  }

  @Override public Fault fault(float[] params, Batch batch) {
    for (Portion portion : portions) {
      Fault fault = workers[0].fault(portion, params, batch);
      if (fault != null) return fault;
    }
    return null;
  }

  @Override public Score score(float[] params, Split split) {
    team.run(thread -> {
      if (thread < ranges.length) ranges[thread].scores(this::block, params, split);
    });
    return mergeTallies().score();
  }

  private Tally mergeTallies() {
    Tally[] tallies = new Tally[owner.length];
    for (int shard = 0; shard < tallies.length; shard++) tallies[shard] = owner[shard].tally(shard);
    for (Merge merge : across) tallies[merge.into()] = tallies[merge.into()].plus(tallies[merge.from()]);
    return tallies[0];
  }

  private float[] gradient(int head) { return owner[head].gradient(head); }

  private Block block(Split split, int shard) {
    for (Portion portion : portions) if (shard < portion.to) return portion.block(split, shard);
    throw new IndexOutOfBoundsException(shard);
  }

  @Override public void close() {}
}
