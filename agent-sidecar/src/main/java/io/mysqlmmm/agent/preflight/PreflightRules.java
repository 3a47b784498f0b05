package io.mysqlmmm.agent.preflight;

import io.mysqlmmm.shared.agent.Preflight;
import io.mysqlmmm.shared.agent.Preflight.Finding;
import io.mysqlmmm.shared.agent.Preflight.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Judges a server and its data set before they are taken over. Pure. Missing is what would lose
 * writes or make the two hosts differ; a warning is what its owner should know.
 */
public final class PreflightRules {
  private static final Pattern VERSION = Pattern.compile("([0-9]{1,4})\\.([0-9]{1,4})\\..*");
  private static final List<String> PLUGINS =
      List.of("rpl_semi_sync_source", "rpl_semi_sync_replica", "clone");

  private PreflightRules() {}

  /** Everything that was looked at, in the order in which it is shown. */
  public static Preflight judge(ServerFacts facts) {
    List<Finding> findings = new ArrayList<>();
    findings.add(version(facts.version()));
    findings.addAll(SettingRules.findings(facts.variables()));
    PLUGINS.forEach(name -> findings.add(plugin(name, facts.plugins().contains(name))));
    findings.addAll(ofDataSet(facts));
    return new Preflight(findings);
  }

  /** What lies in the data set, whoever runs it and how. */
  static List<Finding> ofDataSet(ServerFacts facts) {
    return Stream.concat(contents(facts).stream(), accounts(facts).stream()).toList();
  }

  private static Finding version(String version) {
    Matcher parts = VERSION.matcher(version);
    boolean fits =
        parts.matches()
            && !version.contains("MariaDB")
            && Integer.parseInt(parts.group(1)) * 10_000 + Integer.parseInt(parts.group(2))
                >= 80_004;
    return new Finding(
        "version",
        fits ? Level.OK : Level.MISSING,
        version,
        "MySQL 8.4 or later",
        fits ? "" : "spec.mysql.image: an image with mysqld of 8.4 or later");
  }

  private static Finding plugin(String name, boolean active) {
    String library =
        name.equals("clone") ? "mysql_clone.so" : name.replace("rpl_semi_sync", "semisync") + ".so";
    return new Finding(
        "plugin " + name,
        active ? Level.OK : Level.MISSING,
        active ? "ACTIVE" : "not active",
        "ACTIVE",
        active ? "" : "my.cnf: plugin_load_add=" + library);
  }

  private static List<Finding> contents(ServerFacts facts) {
    return List.of(
        none(
            "tables of other engines",
            Level.MISSING,
            facts.tables(),
            "ALTER TABLE ... ENGINE=InnoDB, on the server that the data set comes from: a clone has"
                + " such tables empty"),
        none(
            "replication from elsewhere",
            Level.MISSING,
            facts.sources(),
            "RESET REPLICA ALL, for each channel"),
        none(
            "prepared XA transactions",
            Level.MISSING,
            count(facts.prepared()),
            "XA RECOVER, then XA COMMIT or XA ROLLBACK, on the server that the data set comes"
                + " from"),
        none(
            "enabled events",
            Level.WARNING,
            count(facts.events()),
            "run them from outside: event_scheduler is OFF on all hosts"));
  }

  private static List<Finding> accounts(ServerFacts facts) {
    return List.of(
        none(
            "accounts that can switch super_read_only off",
            Level.WARNING,
            facts.powerful(),
            "REVOKE SUPER, SYSTEM_VARIABLES_ADMIN ON *.* FROM ...: the agent would switch it on"
                + " again, after a moment"),
        none(
            "accounts named mmm_...",
            Level.WARNING,
            facts.namesakes(),
            "RENAME USER or DROP USER: connections of such accounts are not ended at a switch"),
        none(
            "accounts that nobody can use",
            Level.WARNING,
            facts.locked(),
            "ALTER USER ... IDENTIFIED WITH caching_sha2_password BY ...: their authentication"
                + " plugin is not active"));
  }

  private static List<String> count(int number) {
    return number == 0 ? List.of() : List.of(String.valueOf(number));
  }

  private static Finding none(String name, Level otherwise, List<String> found, String remedy) {
    return found.isEmpty()
        ? new Finding(name, Level.OK, "none", "none", "")
        : new Finding(name, otherwise, String.join(", ", found), "none", remedy);
  }
}
