package io.mysqlmmm.operator.reconcile;

import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.javaoperatorsdk.operator.processing.retry.Retry;
import io.javaoperatorsdk.operator.processing.retry.RetryExecution;

/** Never gives up: after 1 s, then longer each time, up to every 30 s. */
public final class UnlimitedRetry implements Retry {
  private final Retry retry =
      new GenericRetry()
          .withoutMaxAttempts()
          .setInitialInterval(1_000)
          .setIntervalMultiplier(1.5)
          .setMaxInterval(30_000);

  @Override
  public RetryExecution initExecution() {
    return retry.initExecution();
  }
}
