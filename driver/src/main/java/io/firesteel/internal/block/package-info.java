/**
 * Packed rows in memory and on disk.
 *
 * <p>The one decision: features are packed in arrays by their kind (bytes, floats, sparse), and a block moves from
 * memory to disk as a whole when its budget is spent. Spark's own cached rows were rejected: slicing them took longer
 * than a step.
 */
package io.firesteel.internal.block;
