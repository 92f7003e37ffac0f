/**
 * Messages between tasks and the driver, over the connections that Spark has anyway: its authentication, its encryption
 * and no port of our own.
 *
 * <p>The one decision: what is private to Spark stands in this package alone, and messages are byte arrays, since an
 * executor's connection reads replies without the classes that {@code --jars} brought.
 */
package io.firesteel.internal.spark;
