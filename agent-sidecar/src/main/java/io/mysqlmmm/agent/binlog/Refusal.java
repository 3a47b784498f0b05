package io.mysqlmmm.agent.binlog;

/**
 * Why the end of a binlog is not cut off, so that its host is cloned. docs/clustering.md lists
 * them.
 */
public enum Refusal {
  /** mysqld closed the file in order, so its engines have committed what it holds. */
  ENDED_IN_ORDER("EndedInOrder"),

  /** mysqld was started since, or rotated its binlog: the last file begins behind the end. */
  STARTED_SINCE("StartedSince"),

  /** The end begins in a file before the last one. */
  IN_AN_OLDER_FILE("InAnOlderFile"),

  /** The new writer has a transaction that comes after. */
  NOT_THE_END("NotTheEnd"),

  /** Something of an engine without transactions, or a statement that commits by itself. */
  NOT_TRANSACTIONAL("NotTransactional"),

  /** The server reports there that something is missing. */
  INCIDENT("Incident"),

  /** The binlog is encrypted. */
  ENCRYPTED("Encrypted"),

  /** It holds GTIDs with tags, or none. */
  UNKNOWN_IDENTIFIERS("UnknownIdentifiers"),

  /** It cannot be read, or is no binlog. */
  UNREADABLE("Unreadable");

  private final String word;

  Refusal(String word) {
    this.word = word;
  }

  /** Its name in Events, in the sentence of SOLO and in the documentation. */
  public String word() {
    return word;
  }
}
