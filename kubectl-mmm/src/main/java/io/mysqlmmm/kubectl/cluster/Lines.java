package io.mysqlmmm.kubectl.cluster;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The lines of an answer that has no end, one at a time and each within a bound. */
final class Lines implements Subscriber<String>, AutoCloseable {
  /** What became of waiting for a line. */
  sealed interface Next {
    record Line(String text) implements Next {}

    /** The answer ended, by the server or by the network. */
    record End() implements Next {}
  }

  private final BlockingQueue<Next> arrived = new LinkedBlockingQueue<>();
  private volatile @Nullable Subscription subscription;

  /** The next line or the end; empty when neither came within {@code atMost}. */
  Optional<Next> next(Duration atMost) throws InterruptedException {
    return Optional.ofNullable(arrived.poll(atMost.toNanos(), TimeUnit.NANOSECONDS));
  }

  @Override
  public void onSubscribe(Subscription started) {
    subscription = started;
    started.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(String line) {
    arrived.add(new Next.Line(line));
  }

  @Override
  public void onError(Throwable cause) {
    arrived.add(new Next.End());
  }

  @Override
  public void onComplete() {
    arrived.add(new Next.End());
  }

  @Override
  public void close() {
    Subscription started = subscription;
    if (started != null) {
      started.cancel();
    }
  }
}
