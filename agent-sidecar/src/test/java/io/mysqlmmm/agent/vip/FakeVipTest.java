package io.mysqlmmm.agent.vip;

import java.time.Duration;

class FakeVipTest implements VipPortContract {
  private final FakeVip vip = new FakeVip(() -> Duration.ZERO, ETH0, NODE);

  @Override
  public VipPort port() {
    return vip;
  }
}
