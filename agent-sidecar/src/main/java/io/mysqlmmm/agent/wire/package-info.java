/**
 * Bytes on the wire as values: ARP, IPv6 neighbour discovery, rtnetlink. Pure: nothing here reads a
 * clock, opens a socket, logs or draws a random number; it depends on {@code java.lang}, {@code
 * java.util}, {@code java.time} and {@link java.nio.ByteBuffer} alone.
 *
 * <p>Network formats are big-endian; netlink speaks the host's own byte order. What a parser does
 * not know it skips; what is malformed it reports as absent or as {@code Malformed}, never as an
 * exception. Each encoder is held to bytes captured from {@code ip}, {@code arping} or the kernel.
 */
@NullMarked
package io.mysqlmmm.agent.wire;

import org.jspecify.annotations.NullMarked;
