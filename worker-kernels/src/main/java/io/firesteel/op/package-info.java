/**
 * Operations: what a layer binds to, with its parameters, its buffers and what a pass knows.
 *
 * <p>The one decision: an operation works on plain arrays that its caller owns, so that a chain can share them. A
 * tensor that brings its own memory was rejected: it would be allocated anew in every pass.
 */
package io.firesteel.op;
