/**
 * The report of a study: one HTML file, and its plots as PNG.
 *
 * <p>The one decision: a plot is plain data that one class draws as SVG; the page embeds that SVG, and the PNG is the
 * same SVG rendered. The package reads a study's files and uses none of its classes, so an old study can be reported
 * again. A JavaScript chart library was rejected: the page would need a network or carry a megabyte of script, and
 * papers would get different figures.
 */
package io.firesteel.studies.report;
