/**
 * The command line: one file a command, and the table that every command prints.
 *
 * <p>The one decision: a command parses, calls, prints; whatever could be called from Java lies elsewhere.
 */
package io.firesteel.cli;
