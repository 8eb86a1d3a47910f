/**
 * The highest load that a target sustains: {@link dev.fanbench.measurement.search.Search} names the
 * load to offer next and takes its result. {@link dev.fanbench.measurement.search.Judgement} reads
 * that result from a recorded run. {@link dev.fanbench.measurement.search.SearchResult} is the
 * stored result of a search. Nothing here knows how a run is made.
 */
package dev.fanbench.measurement.search;
