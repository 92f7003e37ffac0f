/**
 * The matrix products of a dense layer, planned for their sizes.
 *
 * <p>The one decision: forward goes to oneDNN where it is the convolution provider too, the other two products to the
 * BLAS; measured shapes decide, in the class that has them.
 */
package io.firesteel.internal.kernel.dense;
