package dev.fanbench.reports.page;

import dev.fanbench.measurement.search.SearchResult;
import dev.fanbench.measurement.search.SearchStep;
import dev.fanbench.reports.markup.Markup;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The highest load that was sustained, with every load that was tried. */
final class SearchSection {

  private SearchSection() {}

  static Markup of(List<SearchResult> searches) {
    if (searches.isEmpty()) {
      return Markup.EMPTY;
    }
    return Markup.of(
        """
        <section class="finding">
        <h1>{}</h1>
        </section>
        <section id="sustained">
        <h2>Loads that were offered</h2>
        <p>Each line is a run of its own, with a target started anew. A load is sustained when every threshold held \
        in a valid run. It is the limit when it was missed twice, or when three runs of it were INVALID. In that case the load, and \
        not the target, could do no more. A run that is undecided is followed by longer ones. After three of them the load is not known \
        to be sustained, nor to be missed. An answer is confirmed by five runs without a miss. A load is checked again after an \
        overload, as the target may not recover from it. The runs that confirmed the answers are shown below.</p>
        {}</section>
        """,
        searches.stream().map(SearchResult::sentence).collect(Collectors.joining(" ")),
        searches.stream().map(SearchSection::search).collect(Markup.joining()));
  }

  private static Markup search(SearchResult search) {
    Markup content =
        Markup.of(
            """
            <caption>{}: loads in the order they were offered</caption>
            <thead><tr><th scope="col">offered</th><th scope="col" class="word">why</th>\
            <th scope="col" class="word">outcome</th><th scope="col" class="word">seen</th>\
            <th scope="col">cores the target kept busy</th></tr></thead>
            <tbody>{}</tbody>""",
            search.target(),
            search.steps().stream().map(step -> line(search, step)).collect(Markup.joining()));
    return Table.of("words", "Loads that " + search.target() + " was offered", content);
  }

  private static Markup line(SearchResult search, SearchStep step) {
    return Markup.of(
        "<tr><th scope=\"row\">{}</th><td class=\"word\">{}</td><td class=\"word\">{}</td>"
            + "<td class=\"word\">{}</td><td>{}</td></tr>\n",
        search.subject().text(step.load()),
        step.purpose().words(),
        step.judgement().outcome().words(),
        step.judgement().observed(),
        step.judgement()
            .cores()
            .map(cores -> String.format(Locale.ROOT, "%.2f", cores))
            .orElse("–"));
  }
}
