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

  /** A duration as the API takes them: 500ms, 2s, 1m. */
  static final String DURATION = "'^[1-9][0-9]{0,5}(ms|s|m)$'";

  /** A duration, or 0s. */
  static final String DURATION_OR_ZERO = "'^(0s|[1-9][0-9]{0,5}(ms|s|m))$'";

  /** An image reference; only what would break a manifest is refused. */
  static final String IMAGE = "'^[^\\\\s]+$'";

  private Cel() {}
}
