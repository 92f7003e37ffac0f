/**
 * Where rows come from: one record and one reader for each file format.
 *
 * <p>The one decision: a source is plain data of a sealed family, so the run file, its errors and its documentation are
 * read from the record. An open registry of format names was rejected: an unknown key would be found at run time only.
 */
package io.firesteel.source;
