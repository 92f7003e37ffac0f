/**
 * Models: the specification, its compiled form, and its file.
 *
 * <p>The one decision: a model travels as its specification and one flat vector; programs are made where they run.
 * Sending the object graph with its buffers was rejected.
 */
package io.firesteel.model;
