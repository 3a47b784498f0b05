package io.mysqlmmm.operator.core;

import io.mysqlmmm.shared.agent.AgentRules;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.AgentState.NetworkState;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.BootTime;
import io.mysqlmmm.shared.agent.Clone;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Mysqld.ThreadState;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.agent.Preflight;
import io.mysqlmmm.shared.agent.Standing;
import io.mysqlmmm.shared.agent.Vitals;
import io.mysqlmmm.shared.agent.WriteMode;
import io.mysqlmmm.shared.gtid.GtidSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A host with an agent that follows the real rules and a server that keeps GTID sets only. What is
 * on disk (standing, executed, relay log) survives a crash of the server.
 */
final class SimulatedHost {
  final String name;
  private final String address;
  private final SimulatedPair pair;
  Standing standing;
  GtidSet executed = GtidSet.empty();
  GtidSet relayed = GtidSet.empty();

  /** Written to the binlog, never acknowledged: committed by the next start, unless cut off. */
  GtidSet tail = GtidSet.empty();

  GtidSet purged = GtidSet.empty();
  Optional<Clone> clone = Optional.empty();

  /** Whether its data set was made by launch.sh. */
  boolean madeHere;

  Optional<Preflight> preflight = Optional.empty();
  Optional<Order.Backup> backup = Optional.empty();
  Mysqld.Absent absent = new Mysqld.Absent("not started");
  boolean up;
  boolean reachable = true;

  /** When it is not reachable. */
  Duration silentFor = Duration.ofSeconds(5);

  /** For how long it has not heard the other host's agent. */
  Duration writerUnheard = Duration.ZERO;

  /** How far behind its applier says that it is. */
  Optional<Long> lagMillis = Optional.of(0L);

  /** Authentication plugins that accounts have and its server has not. */
  Set<String> missingPlugins = Set.of();

  String networkProblem = "";

  /** What its agent says of the server when that is not as it is here. */
  Optional<Mysqld> told = Optional.empty();

  Vitals vitals = Vitals.unknown();
  boolean writable;
  boolean semiSync;
  boolean io;
  boolean sql;
  Optional<SimulatedHost> source = Optional.empty();
  List<String> vips = new ArrayList<>();
  private List<String> writerVips = List.of();
  private long sequence;
  private long written;
  private int renames;

  SimulatedHost(String name, String address, SimulatedPair pair) {
    this.name = name;
    this.address = address;
    this.pair = pair;
    String uuid =
        UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)).toString();
    this.standing = Standing.initial().of(uuid).started();
  }

  /** The server dies as by SIGKILL; the agent sees it at once. */
  void kill() {
    up = false;
    writable = false;
    semiSync = false;
    io = false;
    sql = false;
    absent = new Mysqld.Absent("mysqld was killed");
    vips.removeAll(writerVips);
  }

  /** The server starts, read-only, replication stopped; a solo writer resumes (S11). */
  void start() {
    up = true;
    tail = GtidSet.empty();
    if (standing.mayWrite() && standing.mode() == WriteMode.SOLO) {
      open();
    }
  }

  private void open() {
    semiSync = standing.mode() == WriteMode.PAIRED;
    writable = true;
    writerVips.stream().filter(ip -> !vips.contains(ip)).forEach(vips::add);
  }

  /** A client commits; empty when it is refused or never acknowledged. */
  Optional<GtidSet> commit() {
    if (!up || !writable) {
      return Optional.empty();
    }
    written++;
    GtidSet gtid = GtidSet.parse(standing.serverUuid() + ":" + written);
    executed = executed.union(gtid);
    if (semiSync && !pair.other(this).receiveFrom(this)) {
      tail = tail.union(gtid);
      return Optional.empty();
    }
    return Optional.of(gtid);
  }

  /** Receives what {@code from} has, if it follows it now. */
  boolean receiveFrom(SimulatedHost from) {
    if (!up || !io || source.filter(s -> s == from).isEmpty() || !from.up) {
      return false;
    }
    relayed = relayed.union(from.executed.minus(executed));
    return true;
  }

  void apply() {
    if (up && sql) {
      executed = executed.union(relayed);
      relayed = GtidSet.empty();
    }
  }

  Answer obey(Order order, String resourceUid) {
    return switch (AgentRules.rule(standing, resourceUid, order)) {
      case AgentRules.Ruling.Refuse(var rule, var reason) ->
          new Answer.Refused(rule, reason, state());
      case AgentRules.Ruling.Obey(var next) -> act(order, next);
    };
  }

  private Answer act(Order order, Standing next) {
    switch (order) {
      case Order.Activate activate -> {
        standing = standing.seen(order.target().version()).promising(order.target().epoch() - 1);
        io = false;
        if (!up) {
          return new Answer.Failed("mysqld is down", state());
        }
        sql = true;
        apply();
        standing = next;
        writerVips = activate.vips();
        open();
      }
      case Order.Promise _ -> {
        standing = next;
        io = false;
      }
      case Order.Release _ -> {
        standing = next;
        writable = false;
        vips.removeAll(writerVips);
      }
      case Order.Solo _ -> {
        standing = next;
        semiSync = false;
        tail = GtidSet.empty();
      }
      case Order.Lease _ -> {
        standing = next;
        semiSync = true;
      }
      case Order.Replicate replicate -> {
        standing = next;
        if (up) {
          source = Optional.of(pair.at(replicate.source().address()));
          io = source.get().up;
          sql = true;
        }
      }
      case Order.Clone wanted -> {
        standing = next;
        io = false;
        sql = false;
        clone =
            Optional.of(
                Clone.begun(
                    wanted.donor(), next.serverUuid(), wanted.requestedAt(), false, Instant.EPOCH));
      }
      case Order.Backup wanted -> {
        standing = next;
        backup = Optional.of(wanted);
      }
      case Order.Hold _ -> {
        standing = next;
        io = false;
        sql = false;
      }
      case Order.Roles roles -> {
        standing = next;
        vips.removeIf(ip -> !writerVips.contains(ip));
        vips.addAll(roles.readers());
      }
      case Order.Mark _ -> {
        standing = next;
        if (commit().isEmpty()) {
          return new Answer.Failed("not acknowledged", state());
        }
      }
      case Order.Await await -> {
        standing = next;
        apply();
        if (!executed.contains(await.gtids())) {
          return new Answer.Failed("not applied in time", state());
        }
      }
      case Order.Databases _, Order.Settings _ -> standing = next;
      case Order.Start start -> {
        start.keep().ifPresent(keep -> executed = executed.minus(tail.minus(keep)));
        standing = next.judged(start.keep().isEmpty() ? next.serverUuid() : renamed());
        tail = GtidSet.empty();
      }
    }
    return new Answer.Done(state());
  }

  /** The clone that was begun comes to its end. */
  void finishClone() {
    SimulatedHost donor = pair.host(clone.orElseThrow().donor());
    executed = donor.executed;
    relayed = GtidSet.empty();
    source = Optional.empty();
    standing = Standing.initial().of(renamed()).started();
    madeHere = false;
    clone = clone.map(c -> c.done(Instant.EPOCH));
  }

  /** It does not: the donor was lost, say. */
  void failClone(boolean dropped) {
    clone = clone.map(c -> c.failed("the donor was lost", dropped, Instant.EPOCH));
    standing = standing.replacing(dropped);
    if (dropped) {
      executed = GtidSet.empty();
    }
  }

  private String renamed() {
    renames++;
    String one = name + "-" + renames;
    return UUID.nameUUIDFromBytes(one.getBytes(java.nio.charset.StandardCharsets.UTF_8)).toString();
  }

  AgentState state() {
    return new AgentState(
        ++sequence,
        SimulatedPair.UID,
        name,
        new BootTime("boot", java.time.Duration.ZERO),
        writerUnheard,
        "test",
        standing,
        told.orElseGet(() -> up ? running() : absent),
        new NetworkState("eth0", networkProblem, List.copyOf(vips), List.of()),
        Optional.empty(),
        vitals,
        clone,
        Optional.of(new Clone.Facts(true, 100, 1000, madeHere ? standing.serverUuid() : "")),
        Optional.empty(),
        preflight);
  }

  private Mysqld running() {
    Optional<Mysqld.Channel> channel =
        source.map(
            s ->
                new Mysqld.Channel(
                    s.address,
                    3306,
                    s.standing.serverUuid(),
                    io ? (s.up ? ThreadState.ON : ThreadState.CONNECTING) : ThreadState.OFF,
                    sql ? ThreadState.ON : ThreadState.OFF,
                    relayed.union(executed),
                    lagMillis,
                    "",
                    0,
                    Optional.empty()));
    return new Mysqld.Running(
        standing.serverUuid(),
        "9.7.4",
        !writable,
        executed,
        purged,
        channel,
        new Mysqld.SemiSync(semiSync, true, 0, 0),
        0,
        "",
        Optional.of(missingPlugins));
  }
}
