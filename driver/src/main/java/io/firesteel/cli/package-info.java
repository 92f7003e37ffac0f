/**
 * The command line, one file per command.
 *
 * <p>The one decision: a command parses, calls and prints; everything that can be called from Java is elsewhere.
 */
package io.firesteel.cli;
