package io.mysqlmmm.agent.posix;

import java.io.IOException;

/** A system call failed; the message names the call, what it was for, and errno. */
public final class PosixException extends IOException {
  private static final long serialVersionUID = 1;

  private final int errno;

  /**
   * @param call the function and what it was asked, e.g. {@code bind to interface 2}
   */
  public PosixException(String call, Errno errno) {
    super(call + ": " + errno);
    this.errno = errno.number();
  }

  public Errno errno() {
    return new Errno(errno);
  }
}
