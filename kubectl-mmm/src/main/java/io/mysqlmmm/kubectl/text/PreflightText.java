package io.mysqlmmm.kubectl.text;

import static io.mysqlmmm.kubectl.text.PairView.or;
import static io.mysqlmmm.kubectl.text.PairView.orEmpty;

import io.mysqlmmm.api.v1alpha1.HostSpec;
import io.mysqlmmm.api.v1alpha1.HostStatus;
import io.mysqlmmm.api.v1alpha1.PreflightStatus;
import io.mysqlmmm.kubectl.cluster.Pair;
import java.util.List;
import java.util.Locale;

/**
 * The preflight of each host that has one.
 *
 * @param lines each ended
 * @param passed whether nothing is missing, and all was looked at that is to be
 */
public record PreflightText(String lines, boolean passed) {
  private static final String OK = "OK";
  private static final String MISSING = "MISSING";

  /**
   * Of a resource.
   *
   * @param all what is as it should be, too
   */
  public static PreflightText of(Pair pair, boolean all) {
    StringBuilder text = new StringBuilder();
    boolean passed = true;
    for (HostSpec spec : pair.hosts()) {
      String host = or(spec.name(), "?");
      List<PreflightStatus> found =
          orEmpty(pair.seen(host).map(HostStatus::preflight).orElse(null));
      found.stream()
          .filter(f -> all || !OK.equals(f.state()))
          .forEach(f -> text.append(line(host, f)).append('\n'));
      text.append(summary(pair, host, found)).append('\n');
      passed &= passed(pair, host, found);
    }
    return new PreflightText(text.toString(), passed);
  }

  private static boolean passed(Pair pair, String host, List<PreflightStatus> found) {
    boolean looked = !found.isEmpty() || !(isAdopted(pair, host) || isExternal(pair, host));
    return looked && found.stream().noneMatch(f -> MISSING.equals(f.state()));
  }

  private static boolean isAdopted(Pair pair, String host) {
    return pair.adopted().filter(host::equals).isPresent();
  }

  private static boolean isExternal(Pair pair, String host) {
    return pair.host(host).filter(spec -> Boolean.TRUE.equals(spec.external())).isPresent();
  }

  private static String line(String host, PreflightStatus finding) {
    String remedy = or(finding.remedy(), "");
    return "%s  %-7s  %s: %s%s"
        .formatted(
            host,
            or(finding.state(), "?").toLowerCase(Locale.ROOT),
            or(finding.name(), "?"),
            or(finding.found(), "?"),
            remedy.isEmpty()
                ? ""
                : " (should be: %s). %s".formatted(or(finding.wanted(), "?"), remedy));
  }

  private static String summary(Pair pair, String host, List<PreflightStatus> found) {
    if (found.isEmpty()) {
      if (isExternal(pair, host)) {
        return "# %s: its mysqld was not looked at yet".formatted(host);
      }
      return isAdopted(pair, host)
          ? "# %s: its data set was not looked at yet".formatted(host)
          : "# %s: nothing to look at, its data set is made by the operator".formatted(host);
    }
    long missing = found.stream().filter(f -> MISSING.equals(f.state())).count();
    return missing == 0
        ? "# %s: nothing is missing, of %d".formatted(host, found.size())
        : "# %s: %d missing, of %d".formatted(host, missing, found.size());
  }
}
