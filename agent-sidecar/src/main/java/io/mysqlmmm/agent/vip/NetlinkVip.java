package io.mysqlmmm.agent.vip;

import io.mysqlmmm.agent.posix.PosixC;
import io.mysqlmmm.agent.posix.PosixException;
import io.mysqlmmm.agent.wire.IpAddress;
import io.mysqlmmm.agent.wire.NetlinkBody.Address;
import io.mysqlmmm.agent.wire.NetlinkBody.Link;
import io.mysqlmmm.agent.wire.NetlinkRequest.DeleteAddress;
import io.mysqlmmm.agent.wire.NetlinkRequest.FindLink;
import io.mysqlmmm.agent.wire.NetlinkRequest.ForgetNeighbour;
import io.mysqlmmm.agent.wire.NetlinkRequest.HoldAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@link VipPort} on the kernel's rtnetlink. An order takes well under a millisecond, unless
 * another process holds the kernel's lock for network configuration (rtnl), which has no bound:
 * callers with a deadline go through {@link BoundedVip}. Needs CAP_NET_ADMIN for orders, nothing to
 * observe.
 */
public final class NetlinkVip implements VipPort, AutoCloseable {
  /** How often an order is repeated when the kernel was late or the address is still there. */
  private static final int TRIES = 3;

  private final PosixC c;
  private final KernelAddresses kernel;
  private final Connections connections;

  /**
   * @param nodeAddresses the host's own; they are never changed, even if ordered
   */
  public NetlinkVip(PosixC c, Set<IpAddress> nodeAddresses) {
    this.c = c;
    this.kernel = new KernelAddresses(c, nodeAddresses);
    this.connections = new Connections(c);
  }

  @Override
  public VipState observe(IpAddress ip) {
    return answer(ip, () -> "");
  }

  @Override
  public VipState hold(IpAddress ip, String interfaceName, Duration lifetime) {
    VipTerm term = VipTerm.of(lifetime, c.bootTime());
    return answer(ip, () -> hold(ip, interfaceName, term));
  }

  @Override
  public VipState release(IpAddress ip) {
    return answer(ip, () -> remove(ip));
  }

  @Override
  public Survey survey() {
    try {
      Map<Integer, String> names = kernel.linkNames();
      List<SeenAddress> seen = new ArrayList<>();
      for (IpAddress.Family family : IpAddress.Family.values()) {
        for (Address a : kernel.list(family)) {
          int index = a.interfaceIndex();
          String name = names.getOrDefault(index, "interface " + index);
          seen.add(new SeenAddress(a.ip(), a.prefixLength(), name, a.remaining()));
        }
      }
      return new Survey.Seen(seen);
    } catch (PosixException failed) {
      return new Survey.Unknown(String.valueOf(failed.getMessage()));
    }
  }

  @Override
  public void close() {
    kernel.close();
    connections.close();
  }

  private String hold(IpAddress ip, String interfaceName, VipTerm term) throws PosixException {
    if (!ip.canBeVirtual()) {
      return ip + " cannot be a virtual IP";
    }
    if (!kernel.around(ip).foreign(ip).isEmpty()) {
      return "somebody else configured it";
    }
    Optional<Link> link =
        FindLink.isName(interfaceName)
            ? kernel.link(new FindLink(interfaceName))
            : Optional.empty();
    if (link.isEmpty()) {
      return "this host has no interface " + interfaceName;
    }
    int index = link.get().index();
    String problem = set(ip, index, term);
    List<Address> misplaced = kernel.around(ip).misplaced(ip, index);
    if (!problem.isEmpty() || misplaced.isEmpty()) {
      return problem;
    }
    problem = delete(misplaced);
    return problem.isEmpty() ? set(ip, index, term) : problem;
  }

  /**
   * Sets the lifetime so that it ends in time even if the kernel took its time: then what is left
   * is set again. Removes the address when less than a second is left.
   *
   * @return why it did not work; empty when it did
   */
  private String set(IpAddress ip, int index, VipTerm term) throws PosixException {
    String problem = "the kernel was too slow " + TRIES + " times to be given a safe lifetime";
    for (int i = 0; i < TRIES; i++) {
      int seconds = term.secondsAt(c.bootTime());
      if (seconds < 1) {
        String stays = remove(ip);
        return stays.isEmpty() ? "less than a second of its lifetime was left" : stays;
      }
      try {
        String refusal = kernel.order(new HoldAddress(ip, index, seconds));
        if (!refusal.isEmpty() || term.allows(seconds, c.bootTime())) {
          return refusal;
        }
      } catch (PosixException unanswered) {
        // It may have been done, and late: what is left must be set.
        problem = String.valueOf(unanswered.getMessage());
      }
    }
    remove(ip);
    return problem;
  }

  private String remove(IpAddress ip) throws PosixException {
    String problem = "";
    for (int i = 0; i < TRIES; i++) {
      List<Address> copies = kernel.around(ip).ours(ip);
      if (copies.isEmpty()) {
        return "";
      }
      if (i == 0) {
        connections.reset(ip);
      }
      problem = delete(copies);
    }
    return problem;
  }

  /**
   * With each address goes what this host knows of where else it is: that is where it was before.
   * What clients still send here is then passed on to its next holder as soon as that announces
   * itself (a node of Kubernetes forwards); sent to the one before it would be lost, and a client's
   * connection is tried again only after a second (seen).
   */
  private String delete(List<Address> copies) throws PosixException {
    String problem = "";
    for (Address copy : copies) {
      // First, as nothing asks for an address that is here. Not to know it already is fine.
      String _ = kernel.order(new ForgetNeighbour(copy.ip(), copy.interfaceIndex()));
      String here =
          kernel.order(new DeleteAddress(copy.ip(), copy.prefixLength(), copy.interfaceIndex()));
      problem = here.isEmpty() ? problem : here;
    }
    return problem;
  }

  /** What there is after {@code order}, which answers why it did not work. */
  private VipState answer(IpAddress ip, Order order) {
    try {
      String problem = order.execute();
      return kernel.around(ip).state(ip, problem);
    } catch (PosixException failed) {
      return new VipState.Unknown(ip, String.valueOf(failed.getMessage()));
    }
  }

  @FunctionalInterface
  private interface Order {
    String execute() throws PosixException;
  }
}
