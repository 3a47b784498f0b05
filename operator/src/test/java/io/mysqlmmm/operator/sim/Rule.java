package io.mysqlmmm.operator.sim;

import java.util.EnumSet;
import java.util.Set;

/**
 * The rules of the safety protocol that can be left out, one at a time, by lying to the real
 * classes or by not letting them have their effect. A simulation that finds nothing then proves
 * nothing.
 */
enum Rule {
  CLAIM("S2", "a new leader writes the ledger before its first order", 36_930),
  LEADER_FRESH("S4", "votes and orders only under a fresh renewal of the own Lease", 2400),
  BOOT_ID("S9", "clocks of another boot count for nothing", 560),
  ECHO("S9", "a lease counts from the clock echoed, not from the heartbeat's arrival", 130),
  FENCE("S10", "a writer whose lease is over stops", 425),
  VIP_SHORTENED("S12", "LEASE ends the IP within the lease before it is confirmed", 870),
  DRAIN("promotion 2", "the peer applies all it received before the promotion", 100),
  PROOF("promotion 3", "the writer is proven fenced", 10),
  RELEASE_ON_DISK("promotion 3", "a release outlives the agent", 1030),
  WITHHELD("promotion 4", "no votes from the sending of the ledger, ages checked later", 4140),
  ABORT_PROOF("S13", "an abort waits for the new writer's release", 395),
  LEDGER_BEFORE_SOLO("S14", "the ledger goes solo before the writer does", 5),
  MARKER("S15", "the peer acknowledges a marker before it counts as in sync", 670),
  DATA_SET("S8", "orders for another data set are refused", 1150),
  ONE_MODE_PER_VERSION("S3", "SOLO at a version up to the last LEASE is refused", 1300),

  REBOOTED("S22", "who followed when its machine went down has another name then", 1),

  // Found without what covers for it, coveredBy.
  VERSION("S8", "orders older than the version seen are refused", 50),
  VERSION_ON_DISK("S7", "the version seen outlives the agent", 24_136),
  VOTER_RESTART("promotion 3", "a voter that restarted counts from its restart", 1),
  SOURCE_CHANGE("promotion 2", "the source is not changed before the drain", 1),
  REPLICA_COMPARED("S18", "replicas are compared before they are repointed", 1),
  LEADER_BEFORE("S4", "a new leader counts from the end of the one before", 1),
  ACTIVE_FIRST("S5", "SOLO and LEASE only when active in this epoch", 1),
  PROMISE_ON_DISK("S7", "a promise outlives the agent", 1),
  VOTER_UUID("S9", "the peer's vote counts from the paired data set only", 1),
  CLOSED("S18", "a host that is not read-only yet is neither followed nor made to follow", 1),
  JUDGED_LATER("S18", "a surplus is judged when the new writer is active, never in sync", 1),
  PROMISE("promotion 1", "the peer promises before the promotion", 1),
  IO_AT_PROMISE("promotion 1", "PROMISE stops the IO thread", 1),

  // What covers for others, and breaks nothing when it is left out alone.
  RECHECK("S5", "the proof is repeated before ACTIVATE"),
  SERVES("S5", "mode orders go to a writer that was seen active only"),
  KILL("S19", "a host that cannot be made read-only is killed"),
  NEW_NAME("S18", "a data set that was cut gets another server_uuid"),
  TAIL_ONLY("S18", "only what the engines have not committed is cut"),
  IO_AT_ACTIVATE("S20", "ACTIVATE stops the IO thread");

  /** Where no search has found anything. */
  static final long NOWHERE = -1;

  final String number;
  final String text;

  /** Where a search begins that finds a counter-example soon. */
  final long firstSeed;

  Rule(String number, String text) {
    this(number, text, NOWHERE);
  }

  Rule(String number, String text, long firstSeed) {
    this.number = number;
    this.text = text;
    this.firstSeed = firstSeed;
  }

  /** What covers for it: with that in force nothing is found without it either. */
  Set<Rule> coveredBy() {
    return switch (this) {
      case VERSION, VERSION_ON_DISK -> EnumSet.of(ONE_MODE_PER_VERSION);
      case PROMISE, PROMISE_ON_DISK -> EnumSet.of(RECHECK);
      case ACTIVE_FIRST -> EnumSet.of(SERVES, PROMISE);
      case VOTER_UUID -> EnumSet.of(VOTER_RESTART);
      case CLOSED -> EnumSet.of(KILL);
      case JUDGED_LATER -> EnumSet.of(NEW_NAME, TAIL_ONLY);
      case IO_AT_PROMISE -> EnumSet.of(IO_AT_ACTIVATE);
      default -> EnumSet.noneOf(Rule.class);
    };
  }
}
