package io.mysqlmmm.kubectl.legacy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Translates the {@code <monitor>} section. */
final class MonitorSettings {
  private static final Map<String, String> MODES =
      Map.of("active", "Active", "manual", "Manual", "wait", "Wait", "passive", "Passive");
  private static final List<String> MODE_WORDS = List.of("active", "manual", "wait", "passive");
  private static final Values.Bounds FLAPS = new Values.Bounds(1000, 999_999_000, "1s or more");
  private static final Values.Bounds WAIT = new Values.Bounds(0, 999_999_000, "0s or more");
  private static final int MAX_FLAPS = 1000;
  private static final int MAX_PING_IPS = 8;

  private final Configuration configuration;
  private final Findings findings;
  private final Values values;

  MonitorSettings(Configuration configuration, Findings findings) {
    this.configuration = configuration;
    this.findings = findings;
    this.values = new Values(findings);
  }

  /** The mode that the pair begins in. */
  String mode() {
    Optional<String> mode =
        setting("mode").flatMap(s -> values.word(s, MODE_WORDS)).map(MODES::get);
    mode.filter("Passive"::equals)
        .ifPresent(
            _ ->
                findings.warn(
                    Place.TOP,
                    "mode passive",
                    "nothing at all is done, not even the first start, until the mode is another."));
    return mode.orElse("Active");
  }

  /** The rest of {@code spec.monitor}. */
  Draft.Monitoring translate() {
    if (configuration.only(Kind.MONITOR).isEmpty()) {
      findings.warn(
          Place.MONITOR,
          "<monitor>",
          "not in these files: name mmm_mon.conf as well, or the defaults hold.");
    }
    setting("careful_startup").flatMap(values::bool).ifPresent(careful -> carefulStartup(careful));
    Map<String, String> settings = new LinkedHashMap<>();
    setting("flap_count")
        .flatMap(s -> values.number(s, MAX_FLAPS))
        .ifPresent(count -> settings.put("flapCount", count.toString()));
    put(settings, "flap_duration", "flapDuration", FLAPS);
    autoSetOnline(settings);
    put(settings, "wait_for_other_master", "waitForOtherMaster", WAIT);
    return new Draft.Monitoring(
        settings, pingIps(), new Checks(configuration, findings).translate());
  }

  private void carefulStartup(boolean careful) {
    String always =
        "always so here: the first writer is made only when both masters have been heard, and an IP"
            + " that answers from another machine is not taken from it.";
    if (careful) {
      findings.note(Place.MONITOR, "careful_startup", always);
    } else {
      findings.warn(Place.MONITOR, "careful_startup", "off, but " + always);
    }
  }

  private void autoSetOnline(Map<String, String> settings) {
    Optional<Setting> setting = setting("auto_set_online");
    if (setting.isEmpty()) {
      findings.warn(
          Place.MONITOR,
          "auto_set_online",
          "not set, so a host that had been down waited for set_online. Here it comes back by"
              + " itself; autoSetOnline: Never is MMM's way.");
      return;
    }
    put(settings, "auto_set_online", "autoSetOnline", WAIT);
    settings.computeIfPresent("autoSetOnline", (_, value) -> value.equals("0s") ? "Never" : value);
  }

  private List<String> pingIps() {
    Optional<Setting> setting = setting("ping_ips");
    List<String> ips = new ArrayList<>();
    for (String ip : setting.map(Setting::list).orElse(List.of())) {
      if (!Ipv4.isAddress(ip)) {
        findings.warn(
            Place.MONITOR, "ping_ips " + ip, "a name, but addresses are needed here: left out.");
      } else if (ips.size() == MAX_PING_IPS) {
        findings.warn(
            Place.MONITOR, "ping_ips " + ip, "left out, as at most 8 addresses are allowed.");
      } else {
        ips.add(ip);
      }
    }
    return List.copyOf(ips);
  }

  private void put(Map<String, String> settings, String name, String ours, Values.Bounds bounds) {
    setting(name)
        .flatMap(setting -> values.seconds(setting, bounds, Place.MONITOR))
        .ifPresent(value -> settings.put(ours, value));
  }

  private Optional<Setting> setting(String name) {
    return configuration.only(Kind.MONITOR).flatMap(section -> section.get(name));
  }
}
