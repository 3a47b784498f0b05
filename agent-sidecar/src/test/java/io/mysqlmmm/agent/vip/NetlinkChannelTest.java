package io.mysqlmmm.agent.vip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mysqlmmm.agent.posix.Errno;
import io.mysqlmmm.agent.posix.PosixException;
import io.mysqlmmm.agent.wire.IpAddress;
import io.mysqlmmm.agent.wire.NetlinkBody;
import io.mysqlmmm.agent.wire.NetlinkProtocol;
import io.mysqlmmm.agent.wire.NetlinkRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetlinkChannelTest {
  private static final NetlinkRequest LIST =
      new NetlinkRequest.ListAddresses(IpAddress.Family.IPV4);

  private final FakeKernel kernel = new FakeKernel();
  private final NetlinkChannel channel = new NetlinkChannel(kernel, NetlinkProtocol.ROUTE);

  @Test
  void opensAnewAfterAnOverrun() throws PosixException {
    kernel.failReceives(Errno.ENOBUFS);

    assertThat(channel.ask(LIST)).hasSize(1);
    assertThat(kernel.openSockets()).isEqualTo(1);
  }

  @Test
  void dropsAnswersToOlderQuestions() throws PosixException {
    kernel.rtnetlink.sendStrayAnswers();

    List<NetlinkBody> answer = channel.ask(LIST);

    assertThat(answer).hasSize(1).allMatch(NetlinkBody.Address.class::isInstance);
  }

  @Test
  void readsAListAgainThatChangedMeanwhile() throws PosixException {
    kernel.rtnetlink.interruptLists(3);

    assertThat(channel.ask(LIST)).hasSize(1);
  }

  @Test
  void givesUpOnAListThatNeverStandsStill() {
    kernel.rtnetlink.interruptLists(100);

    assertThatExceptionOfType(PosixException.class)
        .isThrownBy(() -> channel.ask(LIST))
        .withMessage("ListAddresses[family=IPV4] changed while read, 5 times: EAGAIN");
  }

  @Test
  void asksAgainWhenAnAnswerIsLost() throws PosixException {
    kernel.loseAnswers(0, 1);

    assertThat(channel.ask(LIST)).hasSize(1);
  }

  @Test
  void asksForALifetimeOnlyOnce() {
    kernel.loseAnswers(0, 1);
    NetlinkRequest hold = new NetlinkRequest.HoldAddress(IpAddress.of("10.77.0.100"), 2, 5);

    assertThatExceptionOfType(PosixException.class)
        .isThrownBy(() -> channel.ask(hold))
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ETIMEDOUT));
  }

  @Test
  void waitsForAnAnswerTwiceAtMost() {
    kernel.loseAnswers(0, 100);
    Duration before = kernel.bootTime();

    assertThatExceptionOfType(PosixException.class)
        .isThrownBy(() -> channel.ask(LIST))
        .withMessage("no answer to ListAddresses[family=IPV4]: ETIMEDOUT");

    assertThat(kernel.bootTime().minus(before))
        .isEqualTo(NetlinkChannel.ANSWER_WITHIN.multipliedBy(2));
    assertThat(kernel.openSockets()).isZero();
  }
}
