/**
 * The part of README.md about published runs: a picture and a table, made from run directories, so
 * that they cannot drift from them.
 */
package dev.fanbench.reports.readme;
