/**
 * End-to-end tests: they drive the lab as its users do, by kubectl's API, SQL through the virtual
 * IPs and the plugin, and look at the nodes themselves for what is true.
 */
@NullMarked
package io.mysqlmmm.e2e;

import org.jspecify.annotations.NullMarked;
