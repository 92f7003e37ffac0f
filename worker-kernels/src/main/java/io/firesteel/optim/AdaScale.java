package io.firesteel.optim;

/**
 * A schedule for {@code baseBatch} rows carried over to larger batches: Johnson et al. 2020. A step of B rows is worth {@code gain =
 * (trS/B0 + G2) / (trS/B + G2)} steps of B0 rows, so it takes gain times the rate and moves the schedule on by gain.
 *
 * @param then the schedule, in steps of {@code baseBatch} rows
 */
public record AdaScale(int baseBatch, Schedule then) {
  private static final double MEMORY = 1000; // steps of the base batch over which the paper averages

  public AdaScale {
    if (baseBatch <= 0) throw new IllegalArgumentException("baseBatch is above 0, got " + baseBatch);
  }

  /**
   * Steps of the base batch that a step is worth, from 1 to batch/baseBatch.
   *
   * @param trS trace of the covariance of one row's gradient
   * @param g2 squared norm of the expected gradient; taken as 0 where its estimate is negative
   */
  public double gain(double trS, double g2, int batch) {
    double signal = Math.max(0, g2), gain = (trS / baseBatch + signal) / (trS / batch + signal);
    return Math.max(1, Math.min((double) batch / baseBatch, gain));
  }

  /** The rate of a step; {@code progress} is the sum of the gains of all steps before it. */
  public double rate(double progress, double gain) {
    return gain * then.rate((long) progress);
  }

  /** The share of the old that the running averages of trS and G2 keep at a step. */
  public double keep(int batch) {
    return Math.max(0, 1 - (double) batch / baseBatch / MEMORY);
  }
}
