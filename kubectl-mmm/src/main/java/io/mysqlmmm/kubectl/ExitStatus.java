package io.mysqlmmm.kubectl;

import io.mysqlmmm.kubectl.cluster.ClusterException;

/** What the process ends with: part of the plugin's interface (docs/kubectl-mmm.md). */
enum ExitStatus {
  DONE(0),
  /** Refused, aborted or replaced by another request. */
  REFUSED(1),
  USAGE(2),
  /** The cluster or the resource cannot be reached, is not there, or is not ours to touch. */
  UNAVAILABLE(3),
  /** The outcome was not known in time; the request stays. */
  TIMED_OUT(4),
  BUG(5);

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static ExitStatus of(ClusterException failure) {
    return switch (failure.kind()) {
      case REJECTED, CONFLICT -> REFUSED;
      case KUBECONFIG, UNREACHABLE, FORBIDDEN, NOT_FOUND, SERVER -> UNAVAILABLE;
    };
  }
}
