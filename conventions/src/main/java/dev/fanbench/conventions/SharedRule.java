package dev.fanbench.conventions;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;

/** Architecture rules that are the same in every module. */
public final class SharedRule {
  private SharedRule() {}

  /**
   * The packages of a module import each other in one direction only.
   *
   * @param module its root package, such as {@code dev.fanbench.reports}
   */
  public static ArchRule packagesFormNoCycle(String module) {
    return slices().matching(module + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true);
  }

  /** Type names do not end in words that say nothing. */
  public static ArchRule namesSayWhatAClassIs() {
    return noClasses()
        .should()
        .haveNameMatching(".*(Manager|Helper|Utils?|Impl|Service|Data|Info)");
  }
}
