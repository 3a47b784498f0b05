package io.mysqlmmm.kubectl.cluster;

/** A request that did not get what it asked for. The message is one sentence for a person. */
public final class ClusterException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What went wrong, as far as the caller has to tell it apart. */
  public enum Kind {
    /** The kubeconfig is missing, unreadable or asks for something not supported. */
    KUBECONFIG,
    /** No answer: connection, TLS or timeout. */
    UNREACHABLE,
    /** The API server does not know who we are, or does not let us. */
    FORBIDDEN,
    NOT_FOUND,
    /** The API server or an admission hook refused what was written. */
    REJECTED,
    /** Somebody else wrote at the same time: read again and try again. */
    CONFLICT,
    /** Any other answer that is not a success. */
    SERVER
  }

  private final Kind kind;

  public ClusterException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public ClusterException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** The message; never null. */
  public String sentence() {
    String message = getMessage();
    return message == null ? kind.name() : message;
  }
}
