package io.mysqlmmm.agent.vip;

import io.mysqlmmm.agent.wire.IpAddress;
import io.mysqlmmm.agent.wire.NetlinkBody.Address;
import io.mysqlmmm.agent.wire.NetlinkBody.Link;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The addresses of one family on this host at one moment, in the kernel's order, and which of them
 * the agent may change. Pure.
 *
 * @param all every address of the family
 * @param links by number, the interfaces that have a copy of the address in question
 * @param nodeAddresses never to be changed, whatever they look like
 */
record HostAddresses(List<Address> all, Map<Integer, Link> links, Set<IpAddress> nodeAddresses) {
  HostAddresses {
    all = List.copyOf(all);
    links = Map.copyOf(links);
    nodeAddresses = Set.copyOf(nodeAddresses);
  }

  /**
   * Copies of {@code ip} that somebody else configured: the node's own, one with a subnet, or on an
   * interface without ARP, such as kube-proxy's kube-ipvs0.
   */
  List<Address> foreign(IpAddress ip) {
    return all.stream().filter(a -> a.ip().equals(ip) && !mayChange(a)).toList();
  }

  /** Copies of {@code ip} that are, or may become, this agent's: also leftovers without an end. */
  List<Address> ours(IpAddress ip) {
    return all.stream().filter(a -> a.ip().equals(ip) && mayChange(a)).toList();
  }

  /** Copies of ours that are on another interface, or that others would take for the node's. */
  List<Address> misplaced(IpAddress ip, int interfaceIndex) {
    return ours(ip).stream()
        .filter(a -> a.interfaceIndex() != interfaceIndex || isBeforeNodeAddress(a))
        .toList();
  }

  /** What the kernel said, for the caller. */
  VipState state(IpAddress ip, String problem) {
    List<Address> foreign = foreign(ip);
    if (!foreign.isEmpty()) {
      Address first = foreign.getFirst();
      return new VipState.Foreign(ip, name(first), first.prefixLength());
    }
    List<Address> ours = ours(ip);
    if (ours.isEmpty()) {
      return new VipState.Absent(ip, problem);
    }
    Address first = ours.getFirst();
    return new VipState.Held(ip, name(first), first.remaining(), problem);
  }

  /**
   * Whether this one is before the first of the node's addresses on its interface. The kernel
   * appends IPv4 addresses, so that happens only when the node's was removed and added again; IPv6
   * puts the newest first, and there is no remedy.
   */
  private boolean isBeforeNodeAddress(Address vip) {
    if (vip.ip().family() == IpAddress.Family.IPV6) {
      return false;
    }
    List<Address> here =
        all.stream().filter(a -> a.interfaceIndex() == vip.interfaceIndex()).toList();
    int at = here.indexOf(vip);
    return here.subList(0, at).stream().allMatch(HostAddresses::isVirtual)
        && !here.subList(at + 1, here.size()).stream().allMatch(HostAddresses::isVirtual);
  }

  private boolean mayChange(Address address) {
    Link link = links.get(address.interfaceIndex());
    return address.isHostAddress()
        && address.ip().canBeVirtual()
        && !nodeAddresses.contains(address.ip())
        && (link == null || !link.withoutArp());
  }

  private String name(Address address) {
    Link link = links.get(address.interfaceIndex());
    return link == null ? "interface " + address.interfaceIndex() : link.name();
  }

  /** As {@code HoldAddress} makes them: no node has its own address like that. */
  private static boolean isVirtual(Address address) {
    return address.isHostAddress() && address.deprecated() && address.remaining().isPresent();
  }
}
