package io.mysqlmmm.kubectl.cluster;

import java.net.URI;
import java.util.Optional;

/**
 * One API server and how to reach it.
 *
 * @param server base address; its path, if any, does not end in a slash
 * @param authority CA certificates, PEM; empty: the runtime's own
 * @param insecure whether the server's certificate is not checked at all
 * @param proxy from the kubeconfig; empty: as the environment says
 * @param namespace to use when none is named
 */
public record ClusterAccess(
    URI server,
    Optional<String> authority,
    boolean insecure,
    Optional<URI> proxy,
    Identity identity,
    String namespace) {}
