package io.mysqlmmm.operator.observe;

import io.mysqlmmm.api.v1alpha1.CheckSpec;
import io.mysqlmmm.api.v1alpha1.ChecksSpec;
import io.mysqlmmm.api.v1alpha1.FencingSpec;
import io.mysqlmmm.api.v1alpha1.HostSpec;
import io.mysqlmmm.api.v1alpha1.MonitorSpec;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterSpec;
import io.mysqlmmm.operator.core.Check;
import io.mysqlmmm.operator.core.CheckRule;
import io.mysqlmmm.operator.core.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads how hosts are judged: MMM's settings, with our defaults (docs/mmm-migration.md). */
final class PolicyReader {
  private static final MonitorSpec NOTHING =
      new MonitorSpec(null, null, null, null, null, null, null, null, null, null, null);
  private static final CheckSpec DEFAULTS = new CheckSpec(null, null, null, null);

  /** MMM Config.pm: flap_count. */
  private static final int FLAP_COUNT = 3;

  /** A commit that takes longer than this, for as long, is none that a client waits for. */
  private static final CheckRule WRITE =
      new CheckRule(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(5));

  /** Disks and clocks do not change in seconds. */
  private static final CheckRule SLOW =
      new CheckRule(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20));

  private final Problems problems;

  private PolicyReader(Problems problems) {
    this.problems = problems;
  }

  static Topology.Policy read(MySQLMultiMasterSpec spec, Problems problems) {
    return new PolicyReader(problems).read(spec);
  }

  private Topology.Policy read(MySQLMultiMasterSpec spec) {
    MonitorSpec monitor = Objects.requireNonNullElse(spec.monitor(), NOTHING);
    Duration leaseTtl = SpecReader.timing(monitor, new Problems()).leaseTtl();
    return new Topology.Policy(
        Objects.requireNonNullElse(spec.hosts(), List.<HostSpec>of()).stream()
            .filter(host -> Boolean.TRUE.equals(host.offline()) && host.name() != null)
            .map(host -> Objects.requireNonNullElse(host.name(), ""))
            .collect(Collectors.toSet()),
        checks(monitor.checks(), leaseTtl),
        Bounds.of("60s", "1s", "999999m")
            .read("checks.repBacklog.maxBacklog", backlog(monitor), problems),
        Objects.requireNonNullElse(monitor.flapCount(), FLAP_COUNT),
        Bounds.of("60m", "1s", "999999m").read("flapDuration", monitor.flapDuration(), problems),
        autoSetOnline(monitor.autoSetOnline()),
        Bounds.of("120s", "0s", "999999m")
            .read("waitForOtherMaster", monitor.waitForOtherMaster(), problems),
        pingIps(Objects.requireNonNullElse(monitor.pingIps(), List.of())),
        Optional.ofNullable(monitor.fencing()).map(this::fencing));
  }

  private static @Nullable String backlog(MonitorSpec monitor) {
    return monitor.checks() == null || monitor.checks().repBacklog() == null
        ? null
        : monitor.checks().repBacklog().maxBacklog();
  }

  private Map<Check, CheckRule> checks(@Nullable ChecksSpec given, Duration leaseTtl) {
    ChecksSpec checks =
        Objects.requireNonNullElseGet(given, () -> new ChecksSpec(null, null, null, null));
    String half = leaseTtl.dividedBy(2).toMillis() + "ms";
    return Map.of(
        Check.PING, rule("ping", checks.ping(), half, "1s"),
        Check.MYSQL, rule("mysql", checks.mysql(), "3s", "1s"),
        Check.REP_THREADS, rule("repThreads", checks.repThreads(), "2s", "2s"),
        Check.REP_BACKLOG, rule("repBacklog", checks.repBacklog(), "5s", "2s"),
        Check.WRITE, WRITE,
        Check.DISK, SLOW,
        Check.CLOCK, SLOW);
  }

  private CheckRule rule(String name, @Nullable CheckSpec given, String trap, String timeout) {
    CheckSpec check = Objects.requireNonNullElse(given, DEFAULTS);
    String field = "checks." + name;
    return new CheckRule(
        Bounds.of("1s", "100ms", "10m").read(field + ".period", check.period(), problems),
        Bounds.of(trap, "0s", "10m").read(field + ".trap", check.trap(), problems),
        Bounds.of(timeout, "100ms", "1m").read(field + ".timeout", check.timeout(), problems));
  }

  /** Empty: never. */
  private Optional<Duration> autoSetOnline(@Nullable String text) {
    if (text == null) {
      return Optional.of(Duration.ZERO);
    }
    Optional<Duration> wait = Durations.parse(text);
    if (wait.isEmpty() && !text.equals("Never")) {
      problems.add(
          "spec.monitor.autoSetOnline",
          "OutOfBounds",
          "autoSetOnline \"%s\" is not understood: give Never, 0s, or a duration such as 60s"
              .formatted(text));
    }
    return wait;
  }

  private List<String> pingIps(List<String> ips) {
    ips.stream()
        .filter(ip -> IpAddress.parse(ip).isEmpty())
        .forEach(
            ip ->
                problems.add(
                    "spec.monitor.pingIps",
                    "InvalidAddress",
                    "\"%s\" is no IP address: give addresses of routers, say".formatted(ip)));
    return ips;
  }

  private Topology.Fencing fencing(FencingSpec spec) {
    String url = Objects.requireNonNullElse(spec.url(), "");
    if (!url.startsWith("http://") && !url.startsWith("https://")) {
      problems.add(
          "spec.monitor.fencing.url",
          "InvalidUrl",
          "\"%s\" is no URL: write it like https://power.example/fence".formatted(url));
    }
    return new Topology.Fencing(
        url,
        Bounds.of("10s", "100ms", "5m").read("fencing.timeout", spec.timeout(), problems),
        Boolean.TRUE.equals(spec.required()));
  }
}
