/**
 * The report of a study: one HTML file, and its plots as PNG.
 *
 * <p>The one decision: a plot is plain data that is drawn as SVG by one class; the page holds that SVG, and the PNG is
 * the same SVG rendered. It reads a study's files and none of its classes, so that an old study can be reported again.
 * A chart library in JavaScript was rejected: the page would need a network or carry a megabyte of script, and papers
 * would get other pictures.
 */
package io.firesteel.studies.report;
