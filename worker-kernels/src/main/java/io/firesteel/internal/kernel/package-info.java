/**
 * The arithmetic: matrix products, convolution, pooling, elementwise functions, as loops and native calls over arrays.
 *
 * <p>The one decision: native libraries are chosen once a process, logged, and can be forced; below that choice nothing
 * checks arguments, since layers have done so when they were bound. Choosing call by call was rejected: two machines
 * would then differ in their bits for reasons nobody can see.
 */
package io.firesteel.internal.kernel;
