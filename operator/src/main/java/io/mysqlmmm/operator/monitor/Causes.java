package io.mysqlmmm.operator.monitor;

import java.net.ConnectException;
import java.net.http.HttpTimeoutException;

/** Failures in words for a person. */
final class Causes {
  private Causes() {}

  static String of(Throwable failure) {
    return switch (failure) {
      case HttpTimeoutException _ -> "no answer in time";
      case ConnectException _ -> "no connection";
      default -> failure.getMessage() == null ? failure.toString() : failure.getMessage();
    };
  }
}
