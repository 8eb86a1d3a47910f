package dev.fanbench.reports.export;

import dev.fanbench.measurement.search.SearchPurpose;
import dev.fanbench.measurement.search.SearchResult;
import dev.fanbench.measurement.search.SearchStep;
import dev.fanbench.measurement.search.SustainedLoad;
import java.util.List;

/**
 * {@code search.json}: searches for scripts. Its records are its schema. An answer that there is
 * not is null. The largest load that was sustained stands beside it, confirmed or not.
 */
public final class SearchJson {
  private static final int SCHEMA_VERSION = 1;

  private SearchJson() {}

  /** The whole file. */
  public static String of(List<SearchResult> searches) {
    return JsonText.of(
        new SearchFile(SCHEMA_VERSION, searches.stream().map(SearchPart::of).toList()));
  }

  private record SearchFile(int schemaVersion, List<SearchPart> searches) {}

  private record SearchPart(
      String target,
      String subject,
      String fixed,
      String slo,
      Double answer,
      SustainedLoad largestSustained,
      boolean recovered,
      boolean loadBound,
      boolean undecided,
      String limit,
      String sentence,
      List<StepPart> steps) {

    static SearchPart of(SearchResult search) {
      return new SearchPart(
          search.target(),
          search.subject().key(),
          search.fixed(),
          search.slo(),
          search.answer().orElse(null),
          search.largest().orElse(null),
          search.recovered(),
          search.loadBound(),
          search.undecided(),
          search.limit(),
          search.sentence(),
          search.steps().stream().map(StepPart::of).toList());
    }
  }

  private record StepPart(
      double load,
      boolean confirming,
      String purpose,
      String outcome,
      String observed,
      Double coresOfTheTarget) {

    static StepPart of(SearchStep step) {
      return new StepPart(
          step.load(),
          step.purpose() == SearchPurpose.CONFIRM,
          step.purpose().name(),
          step.judgement().outcome().name(),
          step.judgement().observed(),
          step.judgement().cores().orElse(null));
    }
  }
}
