package io.mysqlmmm.agent.standing;

import io.mysqlmmm.shared.agent.BootTime;
import io.mysqlmmm.shared.agent.Clone;
import io.mysqlmmm.shared.agent.Order.Source;
import io.mysqlmmm.shared.agent.Standing;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Everything that outlives the agent's process.
 *
 * @param standing what was promised
 * @param writerVips the writer's IPs, as of the last ACTIVATE
 * @param readers balanced IPs due on this host
 * @param managed every IP that any host of the resource may hold
 * @param lossless whether a paired commit waits for the peer
 * @param leaseEnd an end that the lease was seen to have at least: a restarted agent may go on
 *     until then; erased with the right to write
 * @param following the writer that this host votes for, as of the last REPLICATE
 * @param lastClone the last clone over the data, whichever data set there is now
 * @param bootId boot of its machine that the data set was opened in last; empty: not known
 * @param relayBootId boot of its machine that its relay log was begun in; empty: not known
 */
public record Kept(
    Standing standing,
    List<String> writerVips,
    List<String> readers,
    List<String> managed,
    boolean lossless,
    BootTime leaseEnd,
    Optional<Source> following,
    Optional<Clone> lastClone,
    String bootId,
    String relayBootId) {

  /** With a file of an older version it is not known in which boot. */
  public Kept {
    bootId = Objects.requireNonNullElse(bootId, "");
    relayBootId = Objects.requireNonNullElse(relayBootId, "");
  }

  /** Of a host that was never cloned. */
  public Kept(
      Standing standing,
      List<String> writerVips,
      List<String> readers,
      List<String> managed,
      boolean lossless,
      BootTime leaseEnd,
      Optional<Source> following) {
    this(
        standing,
        writerVips,
        readers,
        managed,
        lossless,
        leaseEnd,
        following,
        Optional.empty(),
        "",
        "");
  }

  /** Nothing known yet. */
  public static Kept initial() {
    return new Kept(
        Standing.initial(),
        List.of(),
        List.of(),
        List.of(),
        true,
        BootTime.NEVER,
        Optional.empty());
  }

  /** Another standing; a lease never outlives the epoch that it was given for. */
  public Kept with(Standing next) {
    return changed(
        d -> {
          d.standing = next;
          d.leaseEnd = next.activeIn(standing.activeEpoch()) ? leaseEnd : BootTime.NEVER;
        });
  }

  public Kept leasedUntil(BootTime end) {
    return changed(d -> d.leaseEnd = end);
  }

  public Kept following(Source writer) {
    return changed(d -> d.following = Optional.of(writer));
  }

  /** Due to write with these IPs. */
  public Kept activated(List<String> vips, boolean waitsForPeer) {
    return changed(
        d -> {
          d.writerVips = List.copyOf(vips);
          d.lossless = waitsForPeer;
        });
  }

  public Kept withLossless(boolean waitsForPeer) {
    return changed(d -> d.lossless = waitsForPeer);
  }

  public Kept withRoles(List<String> readerIps, List<String> managedIps) {
    return changed(
        d -> {
          d.readers = List.copyOf(readerIps);
          d.managed = List.copyOf(managedIps);
        });
  }

  /** The data set is known in this boot of its machine. */
  public Kept openedIn(String boot) {
    return changed(d -> d.bootId = boot);
  }

  /** What is received from now on is in a relay log of this boot. */
  public Kept receivingIn(String boot) {
    return changed(d -> d.relayBootId = boot);
  }

  /** A clone has begun, goes on, or is over. */
  public Kept cloning(Clone now) {
    return changed(d -> d.lastClone = Optional.of(now));
  }

  /**
   * Another data set: nothing that was promised holds for it (S7); the balanced IPs stay known, and
   * so does a clone that is not complete.
   */
  public Kept ofDataSet(String serverUuid) {
    Standing fresh =
        Standing.initial().of(serverUuid).started().replacing(standing.cloneGuard().replacing());
    return changed(
        d -> {
          d.standing = fresh;
          d.writerVips = List.of();
          d.lossless = true;
          d.leaseEnd = BootTime.NEVER;
          d.following = Optional.empty();
        });
  }

  private Kept changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.kept();
  }

  /** A copy that is being changed. */
  private static final class Draft {
    private Standing standing;
    private List<String> writerVips;
    private List<String> readers;
    private List<String> managed;
    private boolean lossless;
    private BootTime leaseEnd;
    private Optional<Source> following;
    private Optional<Clone> lastClone;
    private String bootId;
    private String relayBootId;

    Draft(Kept from) {
      standing = from.standing;
      writerVips = from.writerVips;
      readers = from.readers;
      managed = from.managed;
      lossless = from.lossless;
      leaseEnd = from.leaseEnd;
      following = from.following;
      lastClone = from.lastClone;
      bootId = from.bootId;
      relayBootId = from.relayBootId;
    }

    Kept kept() {
      return new Kept(
          standing,
          writerVips,
          readers,
          managed,
          lossless,
          leaseEnd,
          following,
          lastClone,
          bootId,
          relayBootId);
    }
  }
}
