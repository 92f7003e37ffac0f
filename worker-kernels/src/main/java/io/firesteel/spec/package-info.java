/**
 * Settings as records, and their JSON.
 *
 * <p>The one decision: records and the {@code permits} clause of their sealed family are the schema, read by
 * reflection, so that a new kind is one file and one word and its errors, defaults and documentation follow. Jackson's
 * data binding was rejected: it fills absent numbers with zero and cannot say what a key would accept.
 */
package io.firesteel.spec;
