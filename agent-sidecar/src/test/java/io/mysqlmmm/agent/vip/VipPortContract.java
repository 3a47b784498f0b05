package io.mysqlmmm.agent.vip;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.agent.wire.IpAddress;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.Condition;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link VipPort} does; run on the fake, on the real one over a fake kernel, on Linux.
 */
interface VipPortContract {
  String TOO_SHORT = "less than a second of its lifetime was left";
  String VIP4 = "10.77.0.100";
  String VIP6 = "2001:db8:77::100";

  /** A host with an interface eth0 that has {@link #NODE}/24. */
  VipPort port();

  IpAddress NODE = IpAddress.of("10.77.0.11");
  String ETH0 = "eth0";

  @ParameterizedTest
  @ValueSource(strings = {VIP4, VIP6})
  default void holdsAnAddressForALimitedTime(String text) {
    IpAddress ip = IpAddress.of(text);

    VipState held = port().hold(ip, ETH0, Duration.ofSeconds(30));

    assertThat(held)
        .isInstanceOfSatisfying(
            VipState.Held.class,
            state -> {
              assertThat(state.ip()).isEqualTo(ip);
              assertThat(state.interfaceName()).isEqualTo(ETH0);
              assertThat(state.remaining().orElseThrow()).is(upTo(30));
              assertThat(state.problem()).isEmpty();
            });
    assertThat(port().observe(ip)).isInstanceOf(VipState.Held.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {VIP4, VIP6})
  default void lengthensAndShortensALifetime(String text) {
    IpAddress ip = IpAddress.of(text);
    port().hold(ip, ETH0, Duration.ofSeconds(30));

    assertThat(remaining(port().hold(ip, ETH0, Duration.ofSeconds(90)))).is(upTo(90));
    assertThat(remaining(port().hold(ip, ETH0, Duration.ofSeconds(30)))).is(upTo(30));
  }

  @ParameterizedTest
  @ValueSource(strings = {VIP4, VIP6})
  default void releasesAnAddressAndNeedsNothingToRelease(String text) {
    IpAddress ip = IpAddress.of(text);
    port().hold(ip, ETH0, sixty());

    assertThat(port().release(ip)).isEqualTo(new VipState.Absent(ip, ""));
    assertThat(port().release(ip)).isEqualTo(new VipState.Absent(ip, ""));
    assertThat(port().observe(ip)).isEqualTo(new VipState.Absent(ip, ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {VIP4, VIP6})
  default void removesAnAddressHeldForLessThanASecond(String text) {
    IpAddress ip = IpAddress.of(text);
    port().hold(ip, ETH0, sixty());

    VipState state = port().hold(ip, ETH0, Duration.ofMillis(900));

    assertThat(state).isEqualTo(new VipState.Absent(ip, TOO_SHORT));
  }

  @Test
  default void saysWhyThereIsNothingOnAnUnknownInterface() {
    IpAddress ip = IpAddress.of(VIP4);

    assertThat(port().hold(ip, "eth7", sixty()))
        .isEqualTo(new VipState.Absent(ip, "this host has no interface eth7"));
    assertThat(port().hold(ip, "not a name!", sixty()))
        .isEqualTo(new VipState.Absent(ip, "this host has no interface not a name!"));
  }

  @Test
  default void neverTouchesTheNodesAddress() {
    VipState held = port().hold(NODE, ETH0, sixty());
    VipState released = port().release(NODE);

    assertThat(held).isEqualTo(new VipState.Foreign(NODE, ETH0, 24));
    assertThat(released).isEqualTo(new VipState.Foreign(NODE, ETH0, 24));
  }

  @Test
  default void holdsNoAddressThatCannotBeVirtual() {
    IpAddress multicast = IpAddress.of("224.0.0.1");

    assertThat(port().hold(multicast, ETH0, sixty()))
        .isEqualTo(new VipState.Absent(multicast, "224.0.0.1 cannot be a virtual IP"));
  }

  @Test
  default void surveysAllAddresses() {
    IpAddress ip = IpAddress.of(VIP4);
    port().hold(ip, ETH0, sixty());

    assertThat(port().survey())
        .asInstanceOf(InstanceOfAssertFactories.type(VipPort.Survey.Seen.class))
        .satisfies(
            seen ->
                assertThat(seen.addresses())
                    .contains(new VipPort.SeenAddress(NODE, 24, ETH0, Optional.empty()))
                    .anyMatch(
                        address -> address.ip().equals(ip) && address.remaining().isPresent()));
  }

  private static Duration sixty() {
    return Duration.ofSeconds(60);
  }

  private static Duration remaining(VipState state) {
    return state instanceof VipState.Held held ? held.remaining().orElseThrow() : Duration.ZERO;
  }

  /** So many seconds, or less because a slow machine took some; more than the half in any case. */
  private static Condition<Duration> upTo(long seconds) {
    return new Condition<>(
        time -> time.toSeconds() <= seconds && time.toSeconds() > seconds / 2,
        "up to %d s",
        seconds);
  }
}
