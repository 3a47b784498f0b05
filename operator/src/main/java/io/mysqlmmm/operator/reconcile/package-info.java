/**
 * The thin java-operator-sdk side: keeps the Kubernetes objects in place and hands every change of
 * a resource to its monitor. Nothing here decides about writers.
 */
@NullMarked
package io.mysqlmmm.operator.reconcile;

import org.jspecify.annotations.NullMarked;
