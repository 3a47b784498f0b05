package io.mysqlmmm.agent.vip;

import io.mysqlmmm.agent.posix.Errno;
import io.mysqlmmm.agent.posix.PosixC;
import io.mysqlmmm.agent.posix.PosixException;
import io.mysqlmmm.agent.wire.IpAddress;
import io.mysqlmmm.agent.wire.NetlinkBody;
import io.mysqlmmm.agent.wire.NetlinkBody.Address;
import io.mysqlmmm.agent.wire.NetlinkBody.Failure;
import io.mysqlmmm.agent.wire.NetlinkBody.Link;
import io.mysqlmmm.agent.wire.NetlinkProtocol;
import io.mysqlmmm.agent.wire.NetlinkRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Addresses and interfaces as rtnetlink answers and changes them. */
final class KernelAddresses implements AutoCloseable {
  private final NetlinkChannel channel;
  private final Set<IpAddress> nodeAddresses;

  KernelAddresses(PosixC c, Set<IpAddress> nodeAddresses) {
    this.channel = new NetlinkChannel(c, NetlinkProtocol.ROUTE);
    this.nodeAddresses = Set.copyOf(nodeAddresses);
  }

  /** The addresses of the family of {@code ip}, and the interfaces that have {@code ip}. */
  HostAddresses around(IpAddress ip) throws PosixException {
    List<Address> all = list(ip.family());
    Map<Integer, Link> links = new HashMap<>();
    for (Address address : all) {
      if (address.ip().equals(ip)) {
        link(new NetlinkRequest.LinkAt(address.interfaceIndex()))
            .ifPresent(link -> links.put(link.index(), link));
      }
    }
    return new HostAddresses(all, links, nodeAddresses);
  }

  List<Address> list(IpAddress.Family family) throws PosixException {
    List<NetlinkBody> answer = channel.ask(new NetlinkRequest.ListAddresses(family));
    for (NetlinkBody body : answer) {
      if (body instanceof Failure(int errno, String text)) {
        throw new PosixException("list of addresses " + text, new Errno(errno));
      }
    }
    return answer.stream().filter(Address.class::isInstance).map(Address.class::cast).toList();
  }

  /** The interface asked for; empty if there is none. */
  Optional<Link> link(NetlinkRequest request) throws PosixException {
    for (NetlinkBody body : channel.ask(request)) {
      if (body instanceof Failure(int errno, String text) && errno != Errno.ENODEV.number()) {
        throw new PosixException(request + " " + text, new Errno(errno));
      }
      if (body instanceof Link link) {
        return Optional.of(link);
      }
    }
    return Optional.empty();
  }

  /** The names of all interfaces by their numbers. */
  Map<Integer, String> linkNames() throws PosixException {
    Map<Integer, String> names = new HashMap<>();
    for (NetlinkBody body : channel.ask(new NetlinkRequest.ListLinks())) {
      if (body instanceof Link link) {
        names.put(link.index(), link.name());
      }
    }
    return names;
  }

  /**
   * Has {@code request} done.
   *
   * @return why it was not done; empty when it was
   */
  String order(NetlinkRequest request) throws PosixException {
    for (NetlinkBody body : channel.ask(request)) {
      if (body instanceof Failure(int errno, String text)) {
        return "%s: %s %s".formatted(request, new Errno(errno), text).strip();
      }
    }
    return "";
  }

  @Override
  public void close() {
    channel.close();
  }
}
