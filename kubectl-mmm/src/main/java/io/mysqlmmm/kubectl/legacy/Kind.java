package io.mysqlmmm.kubectl.legacy;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** The kinds of sections, each with the settings that MMM 2.2 knew there. */
enum Kind {
  GLOBAL("", Naming.NONE),
  MONITOR("monitor", Naming.NONE),
  HOST("host", Naming.NAME_OR_TEMPLATE),
  ROLE("role", Naming.NAME),
  CHECK("check", Naming.NAME_OR_TEMPLATE),
  SOCKET("socket", Naming.NONE),
  COPY_METHOD("copy_method", Naming.NAME_OR_TEMPLATE);

  /** The name of a section that the others of its kind are filled from. */
  static final String TEMPLATE = "default";

  /** What a section's name means. */
  enum Naming {
    NONE,
    NAME,
    NAME_OR_TEMPLATE
  }

  private final String keyword;
  private final Naming naming;

  Kind(String keyword, Naming naming) {
    this.keyword = keyword;
    this.naming = naming;
  }

  static Optional<Kind> of(String keyword) {
    return Arrays.stream(values())
        .filter(kind -> kind != GLOBAL && kind.keyword.equals(keyword))
        .findFirst();
  }

  String keyword() {
    return keyword;
  }

  boolean isNamed() {
    return naming != Naming.NONE;
  }

  boolean hasTemplate() {
    return naming == Naming.NAME_OR_TEMPLATE;
  }

  /** All settings that may stand in such a section. */
  Map<String, Fate> vocabulary() {
    return switch (this) {
      case GLOBAL -> Vocabulary.GLOBAL;
      case MONITOR -> Vocabulary.MONITOR;
      case HOST -> Vocabulary.HOST;
      case ROLE -> Vocabulary.ROLE;
      case CHECK -> Vocabulary.CHECK;
      case SOCKET -> Vocabulary.SOCKET;
      case COPY_METHOD -> Vocabulary.COPY_METHOD;
    };
  }

  @Override
  public String toString() {
    return this == GLOBAL ? "the part outside all sections" : "<" + keyword + ">";
  }
}
