/**
 * The system half of a study: measured step times, a cost model, and its predictions for larger clusters.
 *
 * <p>The one decision: the model's terms are counts of the operations of a step, taken from the actual reduction tree,
 * so a larger cluster is the same formula with other counts. A curve through measured times was rejected: it does not
 * extrapolate.
 */
package io.firesteel.studies.scaling;
