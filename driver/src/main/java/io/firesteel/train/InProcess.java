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
  private double compute, merge;

  InProcess(Job job, List<Portion> portions, Team team) {
    this.team = team;
    this.portions = portions;
    Tree tree = new Tree(job.shards());
    int[] starts = tree.ranges(team.size());
    this.across = tree.across(starts);
    this.workers = new Worker[starts.length];
    this.ranges = new RangeSum[starts.length];
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
      if (thread < ranges.length) ranges[thread].gradients(this::block, params, batch);
    });
    long computed = System.nanoTime();
    if (!across.isEmpty()) team.slices(params.length, (thread, from, to) -> {
      for (Merge merge : across) Floats.add(gradient(merge.from()), gradient(merge.into()), from, to);
    });
    Score score = mergeScores();
    compute += (computed - start) / 1e9;
    merge += (System.nanoTime() - computed) / 1e9;
    return new GradientSum(gradient(0), score);
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
    return mergeScores();
  }

  private Score mergeScores() {
    Score[] scores = new Score[owner.length];
    for (int shard = 0; shard < scores.length; shard++) scores[shard] = owner[shard].score(shard);
    for (Merge merge : across) scores[merge.into()] = scores[merge.into()].plus(scores[merge.from()]);
    return scores[0];
  }

  private float[] gradient(int head) { return owner[head].gradient(head); }

  private Block block(Split split, int shard) {
    for (Portion portion : portions) if (shard < portion.to) return portion.block(split, shard);
    throw new IndexOutOfBoundsException(shard);
  }

  @Override public void report(Phases phases) {
    phases.add("compute", compute);
    phases.add("merge", merge);
  }

  @Override public void close() {}
}
