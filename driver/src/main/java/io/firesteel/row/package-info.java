/**
 * Rows before they are packed: their schema, the buffer of one row, and what happens to rows that are bad, used for
 * validation, or too many for memory.
 *
 * <p>The one decision: a row passes through one reused buffer from any source to any block. An object per row was
 * rejected: it costs more than reading.
 */
package io.firesteel.row;
