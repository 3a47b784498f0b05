/**
 * The way to one Kubernetes API server: which one (kubeconfig), as whom, and the few requests that
 * the plugin makes. Built on the JDK's own HTTP client, because a full Kubernetes client takes
 * longer to start than the rest of the plugin takes to answer (docs/kubectl-mmm.md, "Speed"). Knows
 * nothing of verbs and output.
 */
@NullMarked
package io.mysqlmmm.kubectl.cluster;

import org.jspecify.annotations.NullMarked;
