package io.mysqlmmm.api.v1alpha1;

/**
 * Fragments of CEL that several validation rules share. Rules stand on types, never on record
 * components (the generator would emit them twice), and use only what Kubernetes 1.32 compiles.
 */
final class Cel {

  /** RFC 1123 label, without its length. */
  static final String LABEL = "'^[a-z0-9]([-a-z0-9]*[a-z0-9])?$'";

  /** RFC 1123 subdomain, without its length. */
  static final String SUBDOMAIN =
      "'^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$'";

  /** A duration as the API takes them: 500ms, 2s, 1m, 1h. */
  static final String DURATION = "'^[1-9][0-9]{0,5}(ms|s|m|h)$'";

  /** A duration, or 0s. */
  static final String DURATION_OR_ZERO = "'^(0s|[1-9][0-9]{0,5}(ms|s|m|h))$'";

  /** An image reference; only what would break a manifest is refused. */
  static final String IMAGE = "'^[^\\\\s]+$'";

  /** A rule of {@code requestedAt}. */
  static final String REQUESTED_AT = "!format.datetime().validate(self.requestedAt).hasValue()";

  static final String REQUESTED_AT_MESSAGE =
      "requestedAt must be a time as of RFC 3339, for example 2026-11-22T10:00:00Z";

  static final String REQUESTED_AT_SENTENCE =
      """
      'requestedAt "' + self.requestedAt
      + '" is no time as of RFC 3339: write it like 2026-11-22T10:00:00Z'""";

  /** A rule of {@code hostPath}, which may be absent. */
  static final String HOST_PATH =
      """
      !has(self.hostPath) || (self.hostPath.matches('^(/[A-Za-z0-9._@+-]+)+/?$')
        && !self.hostPath.split('/').exists(p, p == '.' || p == '..'))""";

  static final String HOST_PATH_MESSAGE =
      "hostPath must be an absolute path of letters, digits and ._@+- below /, without . and ..";

  /** The same with what was given, and what to give; an example in quotes is to follow. */
  static final String HOST_PATH_SENTENCE =
      """
      'hostPath "' + self.hostPath
      + '" is no plain absolute path: give a directory below /, without . and .., such as '
      +\s""";

  private Cel() {}
}
