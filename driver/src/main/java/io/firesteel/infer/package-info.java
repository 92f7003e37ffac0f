/**
 * A saved model applied to rows on the threads of this machine.
 *
 * <p>The one decision: the calling thread reads rows and takes the answers in their order, while other threads compute
 * passes.
 */
package io.firesteel.infer;
