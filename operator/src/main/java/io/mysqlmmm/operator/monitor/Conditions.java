package io.mysqlmmm.operator.monitor;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.mysqlmmm.operator.core.Check;
import io.mysqlmmm.operator.core.CheckState;
import io.mysqlmmm.operator.core.Decision;
import io.mysqlmmm.operator.core.RollingStep;
import io.mysqlmmm.operator.core.Snapshot;
import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.operator.core.Verdict;
import io.mysqlmmm.shared.ledger.Ledger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The conditions: SpecAccepted, WriterAvailable, Redundant, Ready, the sum of them, and
 * Progressing, whether hosts are being brought to what the spec asks for.
 */
final class Conditions {
  private final List<Condition> before;
  private final long generation;
  private final Instant now;

  Conditions(@Nullable List<Condition> before, long generation, Instant now) {
    this.before = before == null ? List.of() : before;
    this.generation = generation;
    this.now = now.truncatedTo(ChronoUnit.SECONDS);
  }

  List<Condition> of(
      Optional<Snapshot> seen,
      Optional<Decision> decision,
      List<Finding> findings,
      Optional<RollingStep> rolling) {
    Condition spec = specAccepted(findings);
    Condition writer = writerAvailable(seen, decision, findings);
    Condition redundant = redundant(seen, decision);
    List<Condition> all = new ArrayList<>();
    all.add(ready(seen, writer, spec, findings));
    all.addAll(List.of(writer, redundant, spec));
    rolling.map(this::progressing).or(() -> known("Progressing")).ifPresent(all::add);
    return List.copyOf(all);
  }

  private Condition progressing(RollingStep step) {
    return switch (step) {
      case RollingStep.Rest _ -> condition("Progressing", false, "UpToDate", step.sentence());
      case RollingStep.Stop _ -> condition("Progressing", false, "RollingStopped", step.sentence());
      case RollingStep.Wait _ -> condition("Progressing", true, "Waiting", step.sentence());
      case RollingStep.Restart _,
          RollingStep.Ask _,
          RollingStep.NoteSettings _,
          RollingStep.Move _,
          RollingStep.Remove _ ->
          condition("Progressing", true, "Rolling", step.sentence());
    };
  }

  private Optional<Condition> known(String type) {
    return before.stream().filter(c -> type.equals(c.getType())).findFirst();
  }

  private Condition specAccepted(List<Finding> findings) {
    List<Finding> wrong = findings.stream().filter(Finding::ofSpec).toList();
    return wrong.isEmpty()
        ? condition("SpecAccepted", true, "Accepted", "the spec is valid")
        : condition("SpecAccepted", false, wrong.getFirst().reason(), sentences(wrong));
  }

  private Condition writerAvailable(
      Optional<Snapshot> seen, Optional<Decision> decision, List<Finding> findings) {
    if (seen.isEmpty() || decision.isEmpty()) {
      return findings.isEmpty()
          ? condition("WriterAvailable", false, "Pending", "nothing is known of the hosts yet")
          : condition("WriterAvailable", false, findings.getFirst().reason(), sentences(findings));
    }
    boolean serves = seen.get().writerServes();
    String writer = seen.get().ledger().map(Ledger::writer).orElse("nobody");
    Optional<CheckState> write =
        Optional.ofNullable(
                seen.get().plan().lives().checks().getOrDefault(writer, Map.of()).get(Check.WRITE))
            .filter(c -> c.outcome() == CheckState.Outcome.FAILED);
    if (serves && write.isPresent()) {
      return condition(
          "WriterAvailable", false, "CannotWrite", writer + ": " + write.get().message());
    }
    return serves
        ? condition("WriterAvailable", true, "WriterServing", writer + " is the writer")
        : condition(
            "WriterAvailable",
            false,
            camelCase(decision.get().verdict()),
            decision.get().because());
  }

  private Condition redundant(Optional<Snapshot> seen, Optional<Decision> decision) {
    Optional<Ledger> ledger = seen.flatMap(Snapshot::ledger);
    if (ledger.isPresent() && !ledger.get().solo() && seen.get().writerServes()) {
      return condition("Redundant", true, "InSync", "both masters hold every acknowledged write");
    }
    return condition(
        "Redundant",
        false,
        decision.map(d -> camelCase(d.verdict())).orElse("Pending"),
        decision.map(Decision::because).orElse("nothing is known of the hosts yet"));
  }

  private Condition ready(
      Optional<Snapshot> seen, Condition writer, Condition spec, List<Finding> findings) {
    if (!"True".equals(writer.getStatus())) {
      // What a person has to mend explains more than what the loop waits for.
      return findings.isEmpty()
          ? condition("Ready", false, writer.getReason(), writer.getMessage())
          : condition("Ready", false, findings.getFirst().reason(), sentences(findings));
    }
    boolean databases = seen.filter(Snapshot::databasesDone).isPresent();
    boolean passive = seen.filter(s -> s.topology().mode() == Topology.Mode.PASSIVE).isPresent();
    if (!databases && !passive && !wasReady()) {
      return findings.isEmpty()
          ? condition("Ready", false, "Databases", "the databases are being created")
          : condition("Ready", false, findings.getFirst().reason(), sentences(findings));
    }
    return condition(
        "Ready",
        true,
        "Serving",
        "True".equals(spec.getStatus()) ? writer.getMessage() : sentences(findings));
  }

  private boolean wasReady() {
    return before.stream()
        .anyMatch(c -> c.getType().equals("Ready") && "True".equals(c.getStatus()));
  }

  private Condition condition(String type, boolean status, String reason, String message) {
    String value = status ? "True" : "False";
    String since =
        before.stream()
            .filter(c -> type.equals(c.getType()) && value.equals(c.getStatus()))
            .map(Condition::getLastTransitionTime)
            .findFirst()
            .orElse(now.toString());
    return new ConditionBuilder()
        .withType(type)
        .withStatus(value)
        .withReason(reason)
        .withMessage(message)
        .withObservedGeneration(generation)
        .withLastTransitionTime(since)
        .build();
  }

  private static String sentences(List<Finding> findings) {
    return findings.stream().map(Finding::sentence).distinct().collect(Collectors.joining("; "));
  }

  /** WRITER_DOWN becomes WriterDown. */
  private static String camelCase(Verdict verdict) {
    StringBuilder text = new StringBuilder();
    for (String word : verdict.name().split("_", -1)) {
      text.append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
    }
    return text.toString();
  }
}
