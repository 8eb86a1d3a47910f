/**
 * What README.md shows of published runs: a picture and a table, made from run directories, so that
 * they cannot drift from them.
 */
package dev.fanbench.reports.readme;
