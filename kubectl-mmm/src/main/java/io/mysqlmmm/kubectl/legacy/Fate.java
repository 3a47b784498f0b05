package io.mysqlmmm.kubectl.legacy;

import java.util.Collection;

/** What becomes of a setting of MMM; settings with the same fate share one comment. */
enum Fate {
  /** It has a counterpart; a remark of its own says what differs. */
  TRANSLATED(Place.TOP, false, ""),
  OWN_NAME(Place.HOSTS, false, "not needed: the operator tells each agent which host it is."),
  DEBUG(Place.TOP, false, "no counterpart: operator and agents write to kubectl logs."),
  KILL_RETRIES(
      Place.MONITOR,
      false,
      "no counterpart: connections are ended at once; moveTimeout bounds a planned move."),
  BLOCKING(
      Place.MONITOR,
      false,
      "no counterpart: the server is read-only before connections are ended, so no packet filter is"
          + " needed."),
  COPYING(
      Place.TOP,
      false,
      "no counterpart: mmm_backup, mmm_clone and mmm_restore and all that copied by ssh, rsync or"
          + " LVM are not there."),
  MONITOR_ADDRESS(
      Place.MONITOR,
      false,
      "no counterpart: the operator is the monitor, and kubectl mmm asks the API server."),
  FILES(
      Place.TOP,
      false,
      "no counterpart: operator and agents run in pods; what the monitor kept in its status file is"
          + " in the resource's status."),
  PING_INTERVAL(Place.MONITOR, false, "no counterpart: the operator pings at its own pace."),
  KILL_HOST(
      Place.MONITOR,
      true,
      "not taken over: no program is run. A writer that cannot be reached is replaced when it can"
          + " hold no lease any more. To have it switched off as well, give monitor.fencing.url: a"
          + " hook whose answer counts."),
  RESTART_AFTER(Place.MONITOR, false, "no counterpart: it had no effect."),
  MYSQL_PROCESS(Place.MYSQL, false, "no counterpart: mysqld runs in a pod of its own."),
  MYSQL_CNF(
      Place.MYSQL,
      true,
      "the file was not read: put those of its settings that you need into mysql.config."),
  ACCOUNTS(
      Place.MYSQL,
      true,
      "not taken over: the accounts are the operator's own, with generated passwords in the Secret"
          + " {name}-mysql. To choose them, make a Secret with the keys rootPassword, agentPassword"
          + " and replicationPassword first and name it in mysql.credentialsSecret."),
  SOCKET(
      Place.AGENT,
      false,
      "no counterpart: always TLS with certificates of both sides, which the operator issues.");

  private final Place place;
  private final boolean warning;
  private final String text;

  Fate(Place place, boolean warning, String text) {
    this.place = place;
    this.warning = warning;
    this.text = text;
  }

  /** The comment for the settings that share this fate. */
  Remark remark(Collection<String> settings) {
    return new Remark(place, warning, String.join(", ", settings), text);
  }
}
