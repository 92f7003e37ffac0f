/**
 * The matrix products of a dense layer, planned for their sizes.
 *
 * <p>The one decision: forward uses oneDNN if that is the convolution provider, too; the other two products use the
 * BLAS. The thresholds are measured, and documented in the classes.
 */
package io.firesteel.internal.kernel.dense;
