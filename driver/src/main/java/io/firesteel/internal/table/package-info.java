/**
 * How the rows of a Spark table become rows of features and targets.
 *
 * <p>The one decision: values are read where Spark holds them, without copying a row to objects first; that copy took
 * most of the time of a fit.
 */
package io.firesteel.internal.table;
