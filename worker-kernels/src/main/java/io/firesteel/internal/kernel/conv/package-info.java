/**
 * Convolution: oneDNN, im2col and GEMM, and Winograd's algorithm, behind one interface.
 *
 * <p>The one decision: a provider is chosen once per process and Winograd by shapes alone, so that two machines of one
 * kind compute the same bits. Choosing by a timing at start-up was rejected for that reason.
 */
package io.firesteel.internal.kernel.conv;
