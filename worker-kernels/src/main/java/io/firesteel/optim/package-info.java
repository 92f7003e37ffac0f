/**
 * Optimizers: stateless records over flat vectors.
 *
 * <p>The one decision: state is the caller's arrays, so it is saved, split and resumed by copying. Optimizers that own
 * their moments were rejected.
 */
package io.firesteel.optim;
