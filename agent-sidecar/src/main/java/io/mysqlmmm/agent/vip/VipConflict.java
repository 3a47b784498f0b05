package io.mysqlmmm.agent.vip;

import io.mysqlmmm.agent.wire.IpAddress;
import io.mysqlmmm.agent.wire.MacAddress;
import java.time.Instant;

/**
 * Another host claims a VIP that this host holds.
 *
 * @param mac of the other host
 * @param when the claim was heard, on this host's wall clock
 */
public record VipConflict(IpAddress ip, MacAddress mac, Instant when) {}
