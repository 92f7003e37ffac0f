/** Firesteel from Java: each main class is a complete example program. */
package io.firesteel.examples;
