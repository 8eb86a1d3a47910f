/**
 * The highest load that a target sustains: {@link dev.fanbench.measurement.search.Search} says what
 * to offer next and is told what came of it, {@link dev.fanbench.measurement.search.Judgement}
 * reads that from a recorded run, {@link dev.fanbench.measurement.search.SearchResult} is what is
 * kept. Nothing here knows how a run is made.
 */
package dev.fanbench.measurement.search;
