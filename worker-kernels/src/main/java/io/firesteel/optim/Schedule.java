package io.firesteel.optim;

import io.firesteel.spec.Default;

/** The learning rate as a function of the step. A new schedule is one record and one word here. */
public sealed interface Schedule {
  /** The rate of an update, counted from 0. */
  double rate(long step);

  /** Always {@code rate}. */
  record Constant(double rate) implements Schedule {
    public Constant { positive("rate", rate); }

    @Override public double rate(long step) { return rate; }
  }

  /** {@code rate factor^floor(step / every)}. */
  record Step(double rate, long every, @Default("0.1") double factor) implements Schedule {
    public Step {
      positive("rate", rate);
      positive("every", every);
      positive("factor", factor);
    }

    @Override public double rate(long step) { return rate * StrictMath.pow(factor, (double) (step / every)); }
  }

  /** {@code rate factor^(step / every)}, smoothly. */
  record Exponential(double rate, long every, double factor) implements Schedule {
    public Exponential {
      positive("rate", rate);
      positive("every", every);
      positive("factor", factor);
    }

    @Override public double rate(long step) { return rate * StrictMath.pow(factor, (double) step / every); }
  }

  /** Half a cosine from {@code rate} to {@code last} over {@code steps}, then {@code last}: Loshchilov and Hutter 2017. */
  record Cosine(double rate, long steps, @Default("0") double last) implements Schedule {
    public Cosine {
      positive("rate", rate);
      positive("steps", steps);
    }

    @Override public double rate(long step) {
      double done = Math.min(1, (double) step / steps);
      return last + (rate - last) * 0.5 * (1 + StrictMath.cos(Math.PI * done));
    }
  }

  /** Linear from {@code 1/steps} of what {@code then} starts with, over {@code steps}; then {@code then}: Goyal et al. 2017. */
  record WarmUp(long steps, Schedule then) implements Schedule {
    public WarmUp { positive("steps", steps); }

    @Override public double rate(long step) {
      return step < steps ? then.rate(0) * (step + 1) / steps : then.rate(step - steps);
    }
  }

  private static void positive(String name, double value) {
    if (!(value > 0)) throw new IllegalArgumentException(name + " is above 0, got " + value);
  }
}
