package io.mysqlmmm.agent.vip;

import io.mysqlmmm.agent.posix.Errno;
import io.mysqlmmm.agent.wire.IpAddress;
import io.mysqlmmm.agent.wire.MacAddress;
import io.mysqlmmm.agent.wire.NetlinkBody;
import io.mysqlmmm.agent.wire.NetlinkProtocol;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Interfaces and addresses, changed and told by rtnetlink messages as Linux does it. */
final class FakeRtnetlink {
  /** An address that is there; without an end if {@code ends} is empty. */
  record Entry(IpAddress ip, int prefixLength, int index, int flags, Optional<Duration> ends) {}

  private record Iface(int index, String name, Optional<MacAddress> mac, int flags) {}

  private static final int DEPRECATED = 0x20;
  private static final int PERMANENT = 0x80;
  private static final int DUMP_INTERRUPTED = 0x10;

  final List<Entry> addresses = new ArrayList<>();
  private final List<Iface> links = new ArrayList<>();
  private int interruptedLists;
  private Optional<Errno> refusal = Optional.empty();
  private int strayAnswers;

  void link(int index, String name, Optional<MacAddress> mac, int flags) {
    links.removeIf(link -> link.index() == index);
    links.add(new Iface(index, name, mac, flags));
  }

  /** An address as an administrator adds it. */
  void add(IpAddress ip, int prefixLength, int index) {
    addresses.add(new Entry(ip, prefixLength, index, PERMANENT, Optional.empty()));
  }

  void remove(IpAddress ip) {
    addresses.removeIf(entry -> entry.ip().equals(ip));
  }

  void expire(Duration now) {
    addresses.removeIf(entry -> entry.ends().filter(end -> end.compareTo(now) <= 0).isPresent());
  }

  /** The next lists are marked as changed while read. */
  void interruptLists(int count) {
    interruptedLists = count;
  }

  /** Changes are refused from now on. */
  void refuseChanges(Errno error) {
    refusal = Optional.of(error);
  }

  /** Each answer is preceded by one to an older question. */
  void sendStrayAnswers() {
    strayAnswers = 1;
  }

  List<byte[]> handle(byte[] request, Duration now) {
    ByteBuffer in = ByteBuffer.wrap(request).order(ByteOrder.nativeOrder());
    int type = in.getShort(4);
    int sequence = in.getInt(8);
    List<byte[]> answers = new ArrayList<>();
    if (strayAnswers > 0) {
      answers.add(error(sequence - 1, 1));
    }
    switch (type) {
      case 20 -> answers.add(error(sequence, change(asAnswer(request), now)));
      case 21 -> answers.add(error(sequence, delete(asAnswer(request))));
      case 22 -> answers.add(listAddresses(in.get(16), sequence, now));
      case 18 -> answers.addAll(links(in, sequence));
      case 29 -> answers.add(error(sequence, Errno.ENOENT.number()));
      default -> throw new IllegalArgumentException("request type " + type);
    }
    return answers;
  }

  /** Requests have the form of answers; but for the type they are read alike. */
  private static NetlinkBody.Address asAnswer(byte[] request) {
    byte[] answer = request.clone();
    ByteBuffer.wrap(answer).order(ByteOrder.nativeOrder()).putShort(4, (short) 20);
    return (NetlinkBody.Address) NetlinkProtocol.ROUTE.parse(answer).getFirst().body();
  }

  private int change(NetlinkBody.Address wanted, Duration now) {
    if (refusal.isPresent()) {
      return refusal.get().number();
    }
    if (links.stream().noneMatch(link -> link.index() == wanted.interfaceIndex())) {
      return Errno.ENODEV.number();
    }
    Entry entry =
        new Entry(
            wanted.ip(),
            wanted.prefixLength(),
            wanted.interfaceIndex(),
            wanted.flags() | DEPRECATED,
            wanted.remaining().map(now::plus));
    for (int i = 0; i < addresses.size(); i++) {
      if (same(addresses.get(i), wanted)) {
        addresses.set(i, entry);
        return 0;
      }
    }
    addresses.add(entry);
    return 0;
  }

  private int delete(NetlinkBody.Address wanted) {
    if (refusal.isPresent()) {
      return refusal.get().number();
    }
    return addresses.removeIf(entry -> same(entry, wanted)) ? 0 : Errno.EADDRNOTAVAIL.number();
  }

  private static boolean same(Entry entry, NetlinkBody.Address wanted) {
    return entry.ip().equals(wanted.ip())
        && entry.prefixLength() == wanted.prefixLength()
        && entry.index() == wanted.interfaceIndex();
  }

  private byte[] listAddresses(int family, int sequence, Duration now) {
    int flags = 2 | (interruptedLists > 0 ? DUMP_INTERRUPTED : 0);
    interruptedLists = Math.max(0, interruptedLists - 1);
    ByteBuffer out = buffer();
    for (Entry entry : addresses) {
      byte[] octets = entry.ip().bytes();
      if (octets.length == (family == 2 ? 4 : 16)) {
        int start = header(out, 20, flags, sequence);
        out.put((byte) family).put((byte) entry.prefixLength()).putShort((short) 0);
        out.putInt(entry.index());
        attribute(out, 1, octets);
        attribute(out, 2, octets);
        out.putShort((short) 8).putShort((short) 8).putInt(entry.flags());
        out.putShort((short) 20).putShort((short) 6).putInt(-1).putInt(seconds(entry, now));
        out.putLong(0);
        finish(out, start);
      }
    }
    return done(out, flags, sequence);
  }

  private static byte[] done(ByteBuffer out, int flags, int sequence) {
    int start = header(out, 3, flags, sequence);
    out.putInt(0);
    finish(out, start);
    byte[] bytes = new byte[out.position()];
    out.get(0, bytes);
    return bytes;
  }

  /** The kernel rounds what is left up. */
  private static int seconds(Entry entry, Duration now) {
    return entry.ends().map(end -> (int) Math.ceilDiv(end.minus(now).toMillis(), 1000L)).orElse(-1);
  }

  private List<byte[]> links(ByteBuffer in, int sequence) {
    boolean list = (in.getShort(6) & 0x300) != 0;
    int index = in.getInt(20);
    String name = in.limit() > 40 ? text(in) : "";
    ByteBuffer out = buffer();
    int found = 0;
    for (Iface link : links) {
      if (list || link.index() == index || link.name().equals(name)) {
        append(out, link, list ? 2 : 0, sequence);
        found++;
      }
    }
    if (list) {
      return List.of(done(out, 2, sequence));
    }
    byte[] bytes = new byte[out.position()];
    out.get(0, bytes);
    return List.of(found == 0 ? error(sequence, Errno.ENODEV.number()) : bytes);
  }

  private static void append(ByteBuffer out, Iface link, int flags, int sequence) {
    int start = header(out, 16, flags, sequence);
    out.putShort((short) 0).putShort((short) (link.mac().isPresent() ? 1 : 772));
    out.putInt(link.index()).putInt(link.flags()).putInt(0);
    attribute(out, 3, (link.name() + '\0').getBytes(StandardCharsets.US_ASCII));
    link.mac().ifPresent(mac -> attribute(out, 1, mac.bytes()));
    finish(out, start);
  }

  private static String text(ByteBuffer in) {
    int length = in.getShort(40) - 5;
    byte[] name = new byte[length];
    in.get(44, name);
    return new String(name, StandardCharsets.US_ASCII);
  }

  private static byte[] error(int sequence, int errno) {
    ByteBuffer out = buffer();
    int start = header(out, 2, 0x100, sequence);
    out.putInt(-errno).putInt(16).putInt(0).putInt(sequence).putInt(0);
    finish(out, start);
    byte[] bytes = new byte[out.position()];
    out.get(0, bytes);
    return bytes;
  }

  private static ByteBuffer buffer() {
    return ByteBuffer.allocate(16 * 1024).order(ByteOrder.nativeOrder());
  }

  private static int header(ByteBuffer out, int type, int flags, int sequence) {
    int start = out.position();
    out.putInt(0).putShort((short) type).putShort((short) flags).putInt(sequence).putInt(4711);
    return start;
  }

  private static void attribute(ByteBuffer out, int type, byte[] value) {
    out.putShort((short) (4 + value.length)).putShort((short) type).put(value);
    out.position((out.position() + 3) & ~3);
  }

  private static void finish(ByteBuffer out, int start) {
    out.putInt(start, out.position() - start);
  }
}
