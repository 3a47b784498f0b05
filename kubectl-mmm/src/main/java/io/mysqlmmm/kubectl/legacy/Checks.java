package io.mysqlmmm.kubectl.legacy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Translates {@code <check>} sections. */
final class Checks {
  private static final String BACKLOG = "rep_backlog";

  /** MMM's checks, and their names here. */
  private static final Map<String, String> NAMES =
      Map.of("ping", "ping", "mysql", "mysql", "rep_threads", "repThreads", BACKLOG, "repBacklog");

  private static final List<String> ORDER = List.of("ping", "mysql", "rep_threads", BACKLOG);

  private static final Values.Bounds PERIOD = new Values.Bounds(100, 600_000, "100ms to 10m");
  private static final Values.Bounds TRAP = new Values.Bounds(0, 600_000, "0s to 10m");
  private static final Values.Bounds TIMEOUT = new Values.Bounds(100, 60_000, "100ms to 1m");
  private static final Values.Bounds LAG = new Values.Bounds(1000, 999_999_000, "1s or more");

  private final Configuration configuration;
  private final Findings findings;
  private final Values values;

  Checks(Configuration configuration, Findings findings) {
    this.configuration = configuration;
    this.findings = findings;
    this.values = new Values(findings);
  }

  /** MMM's four checks. */
  static List<String> names() {
    return ORDER;
  }

  /** The checks that the configuration says something of. */
  Map<String, Map<String, String>> translate() {
    for (Section section : configuration.all(Kind.CHECK)) {
      if (!NAMES.containsKey(section.name())) {
        findings.error(
            section.at(),
            "%s is no check of MMM: use %s".formatted(section, String.join(", ", ORDER)));
      }
    }
    Map<String, Map<String, String>> checks = new LinkedHashMap<>();
    for (String name : ORDER) {
      Map<String, String> settings =
          configuration.find(Kind.CHECK, name).map(this::check).orElse(Map.of());
      if (!settings.isEmpty()) {
        checks.put(NAMES.getOrDefault(name, name), settings);
      }
    }
    if (!checks.isEmpty()) {
      findings.warn(
          Place.MONITOR,
          "check_period, trap_period, timeout",
          "taken over as they are. Without them failures are noticed in 1 to 3 s; remove checks, or"
              + " what you do not need of it, for that.");
    }
    return checks;
  }

  private Map<String, String> check(Section section) {
    Map<String, String> settings = new LinkedHashMap<>();
    put(settings, section, "check_period", "period", PERIOD);
    put(settings, section, "trap_period", "trap", TRAP);
    put(settings, section, "timeout", "timeout", TIMEOUT);
    if (section.name().equals(BACKLOG)) {
      put(settings, section, "max_backlog", "maxBacklog", LAG);
    }
    return settings;
  }

  private void put(
      Map<String, String> settings,
      Section section,
      String name,
      String ours,
      Values.Bounds bounds) {
    section
        .get(name)
        .flatMap(setting -> values.seconds(setting, bounds, Place.MONITOR))
        .ifPresent(value -> settings.put(ours, value));
  }
}
