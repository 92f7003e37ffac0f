/**
 * Shapes, named slices of flat vectors, and random numbers.
 *
 * <p>The one decision: what travels is one {@code float[]} and a layout that names its slices. A tensor class with
 * views was rejected, since every sum, broadcast, checkpoint and optimizer is then one loop over one array.
 */
package io.firesteel.array;
