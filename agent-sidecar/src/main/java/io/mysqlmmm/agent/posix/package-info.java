/**
 * The system calls that Java does not offer, and nothing else: bytes and numbers in, bytes and
 * numbers out. Everyone sees {@link io.mysqlmmm.agent.posix.PosixC}; its implementation {@link
 * io.mysqlmmm.agent.posix.ForeignPosixC}, with the structs and calls it is made of, is the only
 * user of {@code java.lang.foreign} in the agent. Linking the calls costs some 0.2 s of CPU once.
 *
 * <p>Linux on 64-bit little- or big-endian machines with the generic ABI (x86-64, aarch64), glibc
 * or musl. Needs {@code --enable-native-access}. Capabilities: NET_ADMIN to change addresses,
 * NET_RAW for packet sockets, KILL to signal another user's process; nothing else.
 */
@NullMarked
package io.mysqlmmm.agent.posix;

import org.jspecify.annotations.NullMarked;
