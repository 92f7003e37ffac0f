/**
 * Where the time of a step goes, and how noisy its gradients are.
 *
 * <p>The one decision: measuring adds nothing to what travels but a few numbers per task, so it is always on.
 */
package io.firesteel.internal.measure;
