package io.mysqlmmm.agent.wire;

/**
 * The numbers of rtnetlink used here, by their C names.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/rtnetlink.7.html">rtnetlink(7)</a>
 * @see <a href="https://man7.org/linux/man-pages/man7/netlink.7.html">netlink(7)</a>
 */
final class Rtnetlink {
  // linux/netlink.h: message types and flags
  static final int NLMSG_ERROR = 2;
  static final int NLMSG_DONE = 3;
  static final int NLM_F_REQUEST = 0x1;
  static final int NLM_F_ACK = 0x4;
  static final int NLM_F_DUMP_INTR = 0x10;
  static final int NLM_F_REPLACE = 0x100;
  static final int NLM_F_DUMP = 0x300;
  static final int NLM_F_CREATE = 0x400;
  static final int NLM_F_CAPPED = 0x100;
  static final int NLM_F_ACK_TLVS = 0x200;
  static final int NLMSGERR_ATTR_MSG = 1;

  /** The two high bits of an attribute's type are flags (NLA_F_NESTED, NLA_F_NET_BYTEORDER). */
  static final int NLA_TYPE_MASK = 0x3fff;

  // linux/rtnetlink.h
  static final int RTM_NEWLINK = 16;
  static final int RTM_GETLINK = 18;
  static final int RTM_NEWADDR = 20;
  static final int RTM_DELADDR = 21;
  static final int RTM_GETADDR = 22;
  static final int RTM_DELNEIGH = 29;
  static final int RTEXT_FILTER_SKIP_STATS = 0x8;

  // linux/neighbour.h
  static final int NDA_DST = 1;

  // linux/if_addr.h
  static final int IFA_ADDRESS = 1;
  static final int IFA_LOCAL = 2;
  static final int IFA_CACHEINFO = 6;
  static final int IFA_FLAGS = 8;
  static final int IFA_F_NODAD = 0x02;
  static final int IFA_F_DEPRECATED = 0x20;
  static final int IFA_F_NOPREFIXROUTE = 0x200;

  /** valid_lft and preferred_lft that never end. */
  static final int INFINITY_LIFE_TIME = 0xffff_ffff;

  // linux/if_link.h
  static final int IFLA_ADDRESS = 1;
  static final int IFLA_IFNAME = 3;
  static final int IFLA_EXT_MASK = 29;

  // linux/if.h, linux/if_arp.h
  static final int IFF_UP = 0x1;
  static final int IFF_NOARP = 0x80;
  static final int IFF_LOWER_UP = 0x1_0000;
  static final int ARPHRD_ETHER = 1;

  // linux/socket.h
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;

  // sizes of the C structs nlmsghdr, ifaddrmsg, ifinfomsg, ifa_cacheinfo, nlattr
  static final int NLMSGHDR_BYTES = 16;
  static final int IFADDRMSG_BYTES = 8;
  static final int IFINFOMSG_BYTES = 16;
  static final int NLATTR_BYTES = 4;

  private Rtnetlink() {}

  /** Messages and attributes start at multiples of 4 bytes (NLMSG_ALIGN, NLA_ALIGN). */
  static int align(int length) {
    return (length + 3) & ~3;
  }

  static int number(IpAddress.Family family) {
    return switch (family) {
      case IPV4 -> AF_INET;
      case IPV6 -> AF_INET6;
    };
  }
}
