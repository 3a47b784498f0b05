package io.mysqlmmm.agent.network;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The host's network as virtual IPs need it. Answers are what was seen afterwards. */
public interface Network {
  /** Which of {@code ips} are on this host; told as they are written there. */
  Look look(Set<String> ips);

  /**
   * Holds {@code ip} for {@code lifetime} from now, unless held again, and tells the link so.
   *
   * @return why it is not held so; empty when it is
   */
  String hold(String ip, Duration lifetime);

  /**
   * Takes {@code ip} off.
   *
   * @return why it may still be there; empty when it is not
   */
  String release(String ip);

  /** Asks the link whether somebody else has {@code ip}; takes up to a second. */
  Probe probe(String ip);

  /** Who else claimed one of our IPs lately, as "ip is at mac". */
  List<String> conflicts();

  /**
   * What was seen.
   *
   * @param problem why no IP can be held, or why it is not known which are; empty when fine
   * @param held those of the IPs that are here
   * @param known false when the kernel could not be asked: then {@code held} says nothing
   */
  record Look(String interfaceName, String problem, List<String> held, boolean known) {}

  /**
   * Whether an address is in use.
   *
   * @param result Free, Used or Unknown
   * @param by the other's hardware address, or why it is not known; empty when free
   */
  record Probe(String ip, String result, String by) {}
}
