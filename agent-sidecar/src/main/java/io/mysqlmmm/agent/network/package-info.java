/** Which virtual IPs belong on this host now, behind a port to the kernel. */
@NullMarked
package io.mysqlmmm.agent.network;

import org.jspecify.annotations.NullMarked;
