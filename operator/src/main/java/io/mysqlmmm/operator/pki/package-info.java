/**
 * The installation's own certificate authority and the certificates it issues to agents and to the
 * operator. Everything is in memory; no file is read or written, and no Kubernetes client is known
 * here.
 */
@NullMarked
package io.mysqlmmm.operator.pki;

import org.jspecify.annotations.NullMarked;
