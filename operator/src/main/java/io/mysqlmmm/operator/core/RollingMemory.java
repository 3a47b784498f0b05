package io.mysqlmmm.operator.core;

import io.mysqlmmm.shared.agent.Order;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a leader remembers of the steps that it took; another one finds it out anew.
 *
 * @param answers what became of the settings that a host was asked to take over
 * @param startErrors hosts whose server was last seen not to come up, and why
 * @param moveTrouble why the writer could not be moved just now; empty: nothing is known against it
 */
public record RollingMemory(
    Map<String, Answer> answers, Map<String, String> startErrors, Optional<String> moveTrouble) {
  public static final RollingMemory NONE = new RollingMemory(Map.of(), Map.of(), Optional.empty());

  public RollingMemory {
    answers = Map.copyOf(answers);
    startErrors = Map.copyOf(startErrors);
  }

  /**
   * The answer of one host.
   *
   * @param refusal why it needs a restart; empty: it took all over
   */
  public record Answer(List<Order.Setting> settings, Optional<String> refusal) {}

  Optional<String> refusal(String host, List<Order.Setting> settings) {
    return answer(host, settings).flatMap(Answer::refusal);
  }

  boolean taken(String host, List<Order.Setting> settings) {
    return answer(host, settings).filter(a -> a.refusal().isEmpty()).isPresent();
  }

  Optional<String> startError(String host) {
    return Optional.ofNullable(startErrors.get(host));
  }

  private Optional<Answer> answer(String host, List<Order.Setting> settings) {
    return Optional.ofNullable(answers.get(host)).filter(a -> a.settings().equals(settings));
  }
}
