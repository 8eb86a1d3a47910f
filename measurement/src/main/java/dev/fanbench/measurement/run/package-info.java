/**
 * The run directory: all that one run against one target left behind, and the only thing a report
 * reads.
 *
 * <pre>
 * run.json          this package's {@link dev.fanbench.measurement.run.Run}, written last
 * latency.hlog      HdrHistogram interval log (1.3), nanoseconds, Tag=phase/series, one interval a second
 * publications.csv  one row per arrival, nanoseconds since the run's epoch
 * publications.csv-metadata.json  its columns, and the meaning of their empty cells
 * </pre>
 *
 * Directories of every older version stay readable: fields are only ever added.
 */
package dev.fanbench.measurement.run;
