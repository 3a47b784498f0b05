/**
 * Virtual IPs on this host's interfaces: held, announced, watched and released. A thin shell around
 * {@link io.mysqlmmm.agent.wire} and {@link io.mysqlmmm.agent.posix}; who may hold what and how
 * long is decided elsewhere and arrives here as data.
 *
 * <ul>
 *   <li>A held address has an end that the kernel itself keeps: it goes even if this process is
 *       killed, stopped or swapped out.
 *   <li>Every answer is what the kernel said <em>afterwards</em>, read again; what could not be
 *       read is {@code Unknown}, never "absent".
 *   <li>An address is announced only while the kernel confirms that it is held here, asked right
 *       before each frame: a process that wakes from a freeze must not draw clients to itself.
 *   <li>Addresses that are not ours are never changed.
 * </ul>
 */
@NullMarked
package io.mysqlmmm.agent.vip;

import org.jspecify.annotations.NullMarked;
