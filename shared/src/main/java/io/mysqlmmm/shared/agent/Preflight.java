package io.mysqlmmm.shared.agent;

import java.util.List;

/** What was found in a data set, or a server, that is to be taken over. Facts only. */
public record Preflight(List<Finding> findings) {
  public Preflight {
    findings = List.copyOf(findings);
  }

  /** How much a finding matters. */
  public enum Level {
    /** As it should be. */
    OK,
    /** Somebody should look at it; nothing waits for that. */
    WARNING,
    /** The data set is not taken over as it is. */
    MISSING
  }

  /**
   * One thing that was looked at.
   *
   * @param name the setting, or a name for what it is
   * @param found how it is
   * @param wanted how it should be
   * @param remedy the statement or the line of my.cnf that mends it; empty when it is OK
   */
  public record Finding(String name, Level level, String found, String wanted, String remedy) {}

  /** What keeps the data set from being taken over. */
  public List<Finding> missing() {
    return findings.stream().filter(f -> f.level() == Level.MISSING).toList();
  }
}
