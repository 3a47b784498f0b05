package io.mysqlmmm.agent.vip;

import io.mysqlmmm.agent.posix.Errno;
import io.mysqlmmm.agent.posix.PosixC;
import io.mysqlmmm.agent.posix.PosixException;
import io.mysqlmmm.agent.wire.IpAddress;
import io.mysqlmmm.agent.wire.MacAddress;
import io.mysqlmmm.agent.wire.NetlinkBody;
import io.mysqlmmm.agent.wire.NetlinkProtocol;
import io.mysqlmmm.agent.wire.NetlinkRequest;
import java.util.Optional;

/** {@link Links} as the kernel's rtnetlink tells them, asked each time: an interface may change. */
public final class NetlinkLinks implements Links, AutoCloseable {
  private final NetlinkChannel channel;

  public NetlinkLinks(PosixC c) {
    this.channel = new NetlinkChannel(c, NetlinkProtocol.ROUTE);
  }

  @Override
  public LinkLookup lookup(String name) {
    String missing = "this host has no interface " + name;
    if (!NetlinkRequest.FindLink.isName(name)) {
      return new LinkLookup.NotFound(missing);
    }
    return find(new NetlinkRequest.FindLink(name), missing);
  }

  @Override
  public LinkLookup interfaceHolding(IpAddress nodeAddress) {
    String missing = "no interface of this host has the address " + nodeAddress;
    try {
      for (NetlinkBody body : channel.ask(new NetlinkRequest.ListAddresses(nodeAddress.family()))) {
        if (body instanceof NetlinkBody.Address address && address.ip().equals(nodeAddress)) {
          return find(new NetlinkRequest.LinkAt(address.interfaceIndex()), missing);
        }
        if (body instanceof NetlinkBody.Failure(int errno, String text)) {
          return new LinkLookup.Unknown("addresses: " + new Errno(errno) + " " + text);
        }
      }
      return new LinkLookup.NotFound(missing);
    } catch (PosixException failed) {
      return new LinkLookup.Unknown(String.valueOf(failed.getMessage()));
    }
  }

  @Override
  public boolean isLocal(MacAddress mac) {
    try {
      return channel.ask(new NetlinkRequest.ListLinks()).stream()
          .anyMatch(
              body -> body instanceof NetlinkBody.Link link && link.mac().equals(Optional.of(mac)));
    } catch (PosixException unreadable) {
      return false;
    }
  }

  @Override
  public void close() {
    channel.close();
  }

  private LinkLookup find(NetlinkRequest request, String missing) {
    try {
      return channel.ask(request).stream()
          .findFirst()
          .map(body -> found(body, missing))
          .orElse(new LinkLookup.Unknown(request + " was not answered"));
    } catch (PosixException failed) {
      return new LinkLookup.Unknown(String.valueOf(failed.getMessage()));
    }
  }

  private static LinkLookup found(NetlinkBody body, String missing) {
    if (body instanceof NetlinkBody.Link link) {
      return ethernet(link);
    }
    if (body instanceof NetlinkBody.Failure(int errno, String text)) {
      return errno == Errno.ENODEV.number()
          ? new LinkLookup.NotFound(missing)
          : new LinkLookup.Unknown("interfaces: " + new Errno(errno) + " " + text);
    }
    return new LinkLookup.Unknown("asked for an interface the kernel answered " + body);
  }

  private static LinkLookup ethernet(NetlinkBody.Link link) {
    return link.mac()
        .<LinkLookup>map(mac -> new LinkLookup.Found(link.index(), link.name(), mac, link.up()))
        .orElse(
            new LinkLookup.Unknown(
                "interface " + link.name() + " is not Ethernet, so it can hold no virtual IP"));
  }
}
