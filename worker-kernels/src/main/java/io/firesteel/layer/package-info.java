/**
 * Layers: immutable records that say what.
 *
 * <p>The one decision: a layer is a specification without buffers or parameters; {@code bind} declares both and returns
 * the operation. The mutable layer that holds its own weights and gradients was rejected: it cannot be compared, sent
 * or shared.
 */
package io.firesteel.layer;
