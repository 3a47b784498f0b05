package io.mysqlmmm.kubectl.cluster;

import io.mysqlmmm.kubectl.cluster.ClusterException.Kind;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Says in one sentence why an API server gave no answer. */
final class Unreachable {
  private Unreachable() {}

  static ClusterException explain(URI server, Duration timeout, Throwable failure) {
    return new ClusterException(
        Kind.UNREACHABLE,
        "Cannot reach the API server %s: %s.".formatted(server, reason(timeout, failure)),
        failure);
  }

  private static String reason(Duration timeout, Throwable failure) {
    List<Throwable> causes = causes(failure);
    for (Throwable cause : causes) {
      switch (cause) {
        case TimeoutException e -> {
          return noAnswer(timeout);
        }
        case HttpTimeoutException e -> {
          return noAnswer(timeout);
        }
        case UnresolvedAddressException e -> {
          return "its host name is unknown";
        }
        case UnknownHostException e -> {
          return "its host name is unknown";
        }
        case CertificateException e -> {
          return "its certificate is not accepted: " + message(e);
        }
        default -> {
          // A wrapper: its cause says more.
        }
      }
    }
    return causes.stream()
        .filter(cause -> cause instanceof SSLException || cause instanceof ConnectException)
        .map(Unreachable::message)
        .findFirst()
        .orElseGet(() -> message(causes.getLast()));
  }

  private static String noAnswer(Duration timeout) {
    return "no answer within %s s".formatted(timeout.toMillis() / 1000.0).replace(".0 s", " s");
  }

  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable at = failure; at != null && !causes.contains(at); at = at.getCause()) {
      causes.add(at);
    }
    return causes;
  }

  private static String message(Throwable cause) {
    String message = cause.getMessage();
    if (message != null) {
      return message.lines().findFirst().orElse(message);
    }
    return cause instanceof ConnectException ? "connection refused" : cause.getClass().getName();
  }
}
