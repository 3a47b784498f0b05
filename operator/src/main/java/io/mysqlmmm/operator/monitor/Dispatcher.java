package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.operator.core.Command.Send;
import io.mysqlmmm.shared.agent.Order;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives orders. One order of a kind is under way to a host at a time, and one that did not help is
 * not repeated at once. Not for use by several threads.
 */
final class Dispatcher {
  /** Between two equal orders to one host: its effect may take a moment to be seen. */
  private static final Duration REPEAT = Duration.ofMillis(250);

  private static final Duration MAX_PAUSE = Duration.ofSeconds(5);

  private record Kind(String host, Class<? extends Order> order) {}

  private record Last(Order order, Duration at, Duration pause, boolean underWay) {}

  private final Ticker ticker;
  private final Consumer<Send> courier;
  private final Map<Kind, Last> last = new HashMap<>();

  Dispatcher(Ticker ticker, Consumer<Send> courier) {
    this.ticker = ticker;
    this.courier = courier;
  }

  /** Sends unless the same is under way or was just tried; tells when to try again, then. */
  Optional<Duration> send(Send command) {
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
    courier.accept(command);
    return Optional.empty();
  }

  private static Duration pauseAfter(@Nullable Last previous, Order order) {
    if (previous == null || !previous.order().equals(order)) {
      return REPEAT;
    }
    Duration twice = previous.pause().multipliedBy(2);
    return twice.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : twice;
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
