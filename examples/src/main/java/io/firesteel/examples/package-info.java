/** Firesteel from Java: each main is the whole of a README's example. */
package io.firesteel.examples;
