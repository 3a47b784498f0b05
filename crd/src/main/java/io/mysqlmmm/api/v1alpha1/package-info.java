/**
 * The Kubernetes API of the project: {@code MySQLMultiMaster}, its spec and its status, as records
 * from which the CRD is generated. Permissive to parse (every component may be absent, unknown
 * fields are ignored), strict to admit (CEL rules in the CRD). No logic and no client lives here.
 */
@NullMarked
package io.mysqlmmm.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
