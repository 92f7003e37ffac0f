/**
 * Files on any of Hadoop's file systems.
 *
 * <p>The one decision: every path goes through Hadoop's {@code FileSystem}, local ones too, so that a run file works
 * unchanged on a laptop and on a cluster.
 */
package io.firesteel.internal.files;
