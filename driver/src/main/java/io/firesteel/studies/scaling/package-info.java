/**
 * The system half of a study: what real steps cost, a model of it, and what the model says of larger clusters.
 *
 * <p>The one decision: the model's terms are counts of what a step does, taken from the tree that sums really meet
 * along, so that a larger cluster is the same sum with other counts. A curve through measured times was rejected: it
 * says nothing beyond its points.
 */
package io.firesteel.studies.scaling;
