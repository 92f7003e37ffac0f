package io.firesteel.schedule;

/** What a schedule remembers between steps; part of a run's state and of its checkpoints. All zero at first. */
public final class ScheduleState {
    /** Steps of the base batch that all steps so far were worth. */
    public double steps;
    /** Running average of the trace of the covariance of one row's gradient; 0 before the first measured step. */
    public double trS;
    /** Running average of the squared norm of the expected gradient. */
    public double g2;
}
