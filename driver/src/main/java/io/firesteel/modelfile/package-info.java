/**
 * A trained model as a folder: specification, weights, and a card for people.
 *
 * <p>The one decision: JSON and safetensors, which every language reads. Java serialization was rejected: it is neither
 * safe nor stable.
 */
package io.firesteel.modelfile;
