package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.operator.core.Command.Send;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.Order;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives orders, each in a virtual thread of its own, and tells the loop of the answers. One order
 * of a kind is under way to a host at a time, and one that did not help is not repeated at once.
 * Confined to the loop's thread, but for the calls themselves.
 */
final class Dispatcher {
  /** Between two equal orders to one host: its effect may take a moment to be seen. */
  private static final Duration REPEAT = Duration.ofMillis(250);

  private static final Duration MAX_PAUSE = Duration.ofSeconds(5);

  private record Kind(String host, Class<? extends Order> order) {}

  private record Last(Order order, Duration at, Duration pause, boolean underWay) {}

  private final Ticker ticker;
  private final Consumer<Event> loop;
  private final Map<Kind, Last> last = new HashMap<>();

  Dispatcher(Ticker ticker, Consumer<Event> loop) {
    this.ticker = ticker;
    this.loop = loop;
  }

  /** Sends unless the same is under way or was just tried; tells when to try again, then. */
  Optional<Duration> send(Send command, AgentLink link) {
    Order order = command.order();
    Kind kind = new Kind(command.host(), order.getClass());
    Last previous = last.get(kind);
    Duration now = ticker.now();
    if (previous != null) {
      Duration wait = previous.at().plus(previous.pause()).minus(now);
      if (previous.underWay()) {
        return Optional.empty();
      }
      if (previous.order().equals(order) && wait.isPositive()) {
        return Optional.of(wait);
      }
    }
    last.put(kind, new Last(order, now, pauseAfter(previous, order), true));
    Thread.ofVirtual()
        .name(order.getClass().getSimpleName() + "-" + command.host())
        .start(() -> loop.accept(call(command, link)));
    return Optional.empty();
  }

  private static Duration pauseAfter(@Nullable Last previous, Order order) {
    if (previous == null || !previous.order().equals(order)) {
      return REPEAT;
    }
    Duration twice = previous.pause().multipliedBy(2);
    return twice.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : twice;
  }

  private static Event call(Send command, AgentLink link) {
    try {
      Answer answer = link.order(command.order());
      return new Event.OrderAnswered(command.host(), command.order(), answer);
    } catch (IOException e) {
      return new Event.OrderLost(command.host(), command.order(), Causes.of(e));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Event.OrderLost(command.host(), command.order(), "interrupted");
    }
  }

  /** The order is no longer under way. */
  void ended(String host, Order order) {
    Kind kind = new Kind(host, order.getClass());
    Last sent = last.get(kind);
    if (sent != null && sent.order().equals(order)) {
      last.put(kind, new Last(sent.order(), ticker.now(), sent.pause(), false));
    }
  }
}
