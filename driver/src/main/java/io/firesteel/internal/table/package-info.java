/**
 * How the rows of a Spark table become rows of features and targets.
 *
 * <p>The one decision: values are read from Spark's internal rows, without converting a row to objects first; that
 * conversion took most of the time of a fit.
 */
package io.firesteel.internal.table;
