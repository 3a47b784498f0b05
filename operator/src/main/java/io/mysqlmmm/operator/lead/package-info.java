/**
 * Leadership among the operator's replicas: a Kubernetes Lease, judged by our own monotonic clock
 * (S4). No wall clock of any machine is ever compared.
 */
@NullMarked
package io.mysqlmmm.operator.lead;

import org.jspecify.annotations.NullMarked;
