/**
 * The Kubernetes objects of a pair. The renderers are pure functions of resource, topology and
 * settings; {@code KubeObjects} and the few classes behind it are the thin shell that reads and
 * writes them.
 */
@NullMarked
package io.mysqlmmm.operator.kube;

import org.jspecify.annotations.NullMarked;
