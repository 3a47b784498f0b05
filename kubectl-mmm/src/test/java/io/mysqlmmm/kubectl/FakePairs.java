package io.mysqlmmm.kubectl;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.mysqlmmm.api.v1alpha1.MoveRoleRequest;
import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.Pair;
import io.mysqlmmm.kubectl.cluster.Pairs;
import io.mysqlmmm.kubectl.cluster.TestResources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A script in place of a cluster: what each call gives, in order; and its clock. */
final class FakePairs implements Pairs, Time {
  static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456789Z");

  /** NOW as a request carries it. */
  static final String REQUESTED_AT = "2026-11-22T10:00:00.123456Z";

  /** One step of the script: a resource read or seen, a change, silence, or a failure. */
  private record Step(@Nullable Pair pair, @Nullable Change change, @Nullable ClusterException e) {}

  private final Deque<Step> reads = new ArrayDeque<>();
  private final Deque<Step> changes = new ArrayDeque<>();
  private final List<String> watchedFrom = new ArrayList<>();
  private final List<String> edits = new ArrayList<>();
  private final Deque<ClusterException> editFailures = new ArrayDeque<>();
  private Instant now = NOW;
  private long nanos;
  private Optional<MoveRoleRequest> requested = Optional.empty();
  private Pair answer = asked("{}");

  /** The resource right after the request, with further changes. */
  static Pair asked(String changes) {
    return TestResources.pair(
        TestResources.merged(
                TestResources.merged(TestResources.json(TestResources.SHOP), changes),
                "spec: {moveRole: {role: writer, host: db2, requestedAt: '%s'}}"
                    .formatted(REQUESTED_AT))
            .toString());
  }

  /** The resource with the request's outcome; {@code fields} go into lastMove. */
  static Pair withOutcome(String outcome, String fields) {
    return asked(
        """
        metadata: {resourceVersion: "9"}
        status:
          lastMove: {role: writer, host: db2, requestedAt: '%s', outcome: %s, %s}
        """
            .formatted(REQUESTED_AT, outcome, fields));
  }

  FakePairs at(Instant time) {
    now = time;
    return this;
  }

  FakePairs answering(Pair pair) {
    answer = pair;
    return this;
  }

  FakePairs thenSeen(Pair pair) {
    return then(new Change.Updated(pair));
  }

  FakePairs then(Change change) {
    changes.add(new Step(null, change, null));
    return this;
  }

  FakePairs thenWatchFails(ClusterException.Kind kind) {
    changes.add(new Step(null, null, new ClusterException(kind, "The watch failed.")));
    return this;
  }

  FakePairs thenRead(Pair pair) {
    reads.add(new Step(pair, null, null));
    return this;
  }

  FakePairs thenReadFails(ClusterException.Kind kind) {
    reads.add(new Step(null, null, new ClusterException(kind, "The read failed.")));
    return this;
  }

  FakePairs editFails(ClusterException.Kind kind) {
    editFailures.add(new ClusterException(kind, "The edit failed."));
    return this;
  }

  /** The JSON patches that were tried. */
  List<String> edits() {
    return edits;
  }

  MoveOutcome move(Duration timeout) throws ClusterException {
    return new MoveRole(this, this)
        .run(new Pair.Key("default", "shop"), "writer", "db2", false, timeout);
  }

  Optional<MoveRoleRequest> requested() {
    return requested;
  }

  List<String> watchedFrom() {
    return watchedFrom;
  }

  boolean isPlayed() {
    return reads.isEmpty() && changes.isEmpty();
  }

  @Override
  public Pair requestMove(Pair.Key key, MoveRoleRequest request) {
    requested = Optional.of(request);
    return answer;
  }

  @Override
  public Pair setMode(Pair.Key key, String mode) {
    throw new UnsupportedOperationException("no script sets a mode");
  }

  @Override
  public Pair edit(Pair.Key key, ArrayNode operations) throws ClusterException {
    edits.add(operations.toString());
    ClusterException failure = editFailures.poll();
    if (failure != null) {
      throw failure;
    }
    return answer;
  }

  @Override
  public Pair get(Pair.Key key) throws ClusterException {
    Step step = reads.remove();
    if (step.e() != null) {
      throw step.e();
    }
    return Optional.ofNullable(step.pair()).orElseThrow();
  }

  @Override
  public Changes watch(Pair.Key key, String version) {
    watchedFrom.add(version);
    return new Changes() {
      @Override
      public Optional<Change> next(Duration atMost) throws ClusterException {
        Step step = changes.poll();
        if (step == null) {
          nanos += atMost.toNanos();
          return Optional.empty();
        }
        if (step.e() != null) {
          throw step.e();
        }
        return Optional.ofNullable(step.change());
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public List<Pair> list(String namespace) {
    return List.of(answer);
  }

  @Override
  public List<Pair> listAll() {
    return List.of(answer);
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public void pause(Duration length) {
    nanos += length.toNanos();
  }
}
