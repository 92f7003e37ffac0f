/**
 * The arithmetic: matrix products, convolution, pooling, elementwise functions, as loops and native calls over arrays.
 *
 * <p>The one decision: native libraries are chosen once per process, logged, and can be forced; kernels do not check
 * arguments, since layers have done so at bind time. Choosing per call was rejected: two machines could then give
 * different bits for no visible reason.
 */
package io.firesteel.internal.kernel;
