package io.firesteel.train;

/** How far AdaScale has come; part of a run's {@link TrainingState}. */
final class AdaScaleProgress {
    /** Steps of the base batch that all steps so far were worth. */
    double steps;
    /** Running averages; zero before the first measured step. */
    double trS, g2;
}
