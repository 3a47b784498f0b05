package io.mysqlmmm.operator.sim;

import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.shared.ledger.Ledger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;

/**
 * Something that goes wrong, or a person's request: at a moment, or after a step of the protocol.
 *
 * @param after milliseconds after the beginning, or after the step
 * @param step 0: from the beginning; else after that many orders obeyed and ledgers written
 * @param choice selects host, direction or process
 */
record Fault(long after, int step, Kind kind, int choice) {

  /** What can happen. */
  enum Kind {
    KILL_MYSQLD,
    KILL_BOTH_MYSQLD,
    HANG_MYSQLD,
    WAKE_MYSQLD,
    KILL_AGENT,
    FREEZE_AGENT,
    WAKE_AGENT,
    FREEZE_HOST,
    REBOOT,
    WIPE,
    CUT_HOSTS,
    CUT_HOST_FROM_OPERATORS,
    CUT_NODE,
    CUT_ONE_WAY,
    CUT_OPERATORS_FROM_API,
    ISLAND,
    HEAL,
    API_DOWN,
    API_UP,
    KILL_OPERATOR,
    FREEZE_OPERATOR,
    WAKE_OPERATOR,
    MOVE,
    MOVE_TWICE,
    LOSE_LEDGER,
    REPLAY,
    /** A host's volume is exchanged for the one that it had before, or for a new one. */
    SWAP,
    /** The writer's machine is lost for good; if it wrote alone, a person forces its peer. */
    LOST_FOR_GOOD,
    MOVE_BY_FORCE,
    RESTORE_LEDGER,
    /** A person sets spec.mode. */
    SET_MODE,
    /** The agent freezes for a second and a half. */
    HICCUP,
    /** Something befalls the third host. */
    REPLICA,
    /** A host's volume takes nothing from now on. */
    FILL_DISK,
    FREE_DISK,
    /** A host and the operator on its node hear nobody else, though they are heard. */
    DEAF_ISLAND,
    /** The other way round. */
    MUTE_ISLAND;

    /** Of every pair; the others need a setup or expectations of their own. */
    static List<Kind> ordinary() {
      return Arrays.stream(values()).filter(k -> k.compareTo(SWAP) < 0).toList();
    }
  }

  static final int CHOICES = 8;

  static Fault random(Random random, long within, List<Kind> kinds) {
    Kind kind = kinds.get(random.nextInt(kinds.size()));
    int choice = random.nextInt(CHOICES);
    return random.nextBoolean()
        ? new Fault(random.nextInt((int) within), 0, kind, choice)
        : new Fault(random.nextInt(300), 1 + random.nextInt(30), kind, choice);
  }

  void happen(World world) {
    Host host = choice % 2 == 0 ? world.db1 : world.db2;
    Operator operator = world.operators.get(choice / 2 % 2);
    switch (kind) {
      case KILL_MYSQLD -> host.killMysqld();
      case KILL_BOTH_MYSQLD -> {
        world.db1.killMysqld();
        world.db2.killMysqld();
      }
      case HANG_MYSQLD -> host.server.hang();
      case WAKE_MYSQLD -> host.server.hung = false;
      case KILL_AGENT -> {
        host.agent.die();
        host.agent.restart();
      }
      case FREEZE_AGENT -> host.agent.freeze();
      case WAKE_AGENT -> host.agent.thaw();
      case FREEZE_HOST -> {
        host.agent.freeze();
        host.server.hang();
      }
      case REBOOT -> host.reboot();
      case WIPE -> host.wipe();
      case CUT_HOSTS -> world.time.cutBoth("db1", "db2");
      case CUT_HOST_FROM_OPERATORS -> {
        world.time.cutBoth(host.name, "op1");
        world.time.cutBoth(host.name, "op2");
      }
      case CUT_NODE -> {
        world.time.cutBoth("db1", "db2");
        world.time.cutBoth(host.name, "op1");
        world.time.cutBoth(host.name, "op2");
      }
      case CUT_ONE_WAY -> cutOneWay(world);
      case CUT_OPERATORS_FROM_API -> world.time.cutBoth(operator.name, "api");
      case ISLAND -> border(host, operator, world.time::cutBoth);
      case HEAL -> world.time.healAll();
      case API_DOWN -> world.api.freeze();
      case API_UP -> world.api.thaw();
      case KILL_OPERATOR -> {
        operator.die();
        operator.restart();
      }
      case FREEZE_OPERATOR -> operator.freeze();
      case WAKE_OPERATOR -> operator.thaw();
      case MOVE -> world.requestMove(host.name);
      case MOVE_TWICE -> {
        world.requestMove(host.name);
        world.time.in(30, () -> world.requestMove(host.other().name));
      }
      case LOSE_LEDGER -> world.api.loseLedger();
      case REPLAY -> host.replay();
      case SWAP -> host.swap();
      case LOST_FOR_GOOD -> loseTheWriter(world);
      case MOVE_BY_FORCE -> world.requestMove(host.name, true);
      case RESTORE_LEDGER -> world.api.restoreLedger(1 + choice);
      case SET_MODE -> {
        Topology.Mode[] modes = {
          Topology.Mode.MANUAL, Topology.Mode.PASSIVE, Topology.Mode.ACTIVE, Topology.Mode.WAIT
        };
        world.mode(modes[choice % modes.length]);
      }
      case HICCUP -> {
        host.agent.freeze();
        world.time.in(1500, host.agent::thaw);
      }
      case FILL_DISK -> host.fill();
      case FREE_DISK -> host.free();
      case DEAF_ISLAND ->
          border(host, operator, (inside, outside) -> world.time.cut(outside, inside));
      case MUTE_ISLAND -> border(host, operator, world.time::cut);
      case REPLICA -> befall(world, world.hosts.getLast());
    }
  }

  /** Every link of a node's host and operator to elsewhere that they use. */
  private static void border(Host host, Operator operator, BiConsumer<String, String> cut) {
    String far = operator.name.equals("op1") ? "op2" : "op1";
    cut.accept(host.name, host.other().name);
    cut.accept(host.name, far);
    cut.accept(operator.name, host.other().name);
    cut.accept(operator.name, "api");
  }

  private static void loseTheWriter(World world) {
    Optional<Ledger> ledger = world.api.ledger();
    if (ledger.isPresent()) {
      Host writer = world.host(ledger.get().writer());
      if (writer.other().lost()) {
        return;
      }
      writer.lose();
      if (ledger.get().solo()) {
        world.force(writer.other().name);
      }
    }
  }

  private void befall(World world, Host replica) {
    switch (choice) {
      case 0 -> replica.killMysqld();
      case 1 -> {
        replica.agent.die();
        replica.agent.restart();
      }
      case 2 -> replica.agent.freeze();
      case 3 -> replica.agent.thaw();
      case 4 -> world.time.cutBoth("db1", replica.name);
      case 5 -> world.time.cutBoth("db2", replica.name);
      case 6 -> world.time.cutBoth("op1", replica.name);
      default -> replica.reboot();
    }
  }

  private void cutOneWay(World world) {
    String[][] links = {
      {"db1", "db2"}, {"db2", "db1"}, {"db1", "op1"}, {"op1", "db1"},
      {"db2", "op1"}, {"op1", "db2"}, {"op2", "db1"}, {"db1", "op2"}
    };
    world.time.cut(links[choice][0], links[choice][1]);
  }

  @Override
  public String toString() {
    return step == 0
        ? "%s/%d at %d ms".formatted(kind, choice, after)
        : "%s/%d %d ms after step %d".formatted(kind, choice, after, step);
  }
}
