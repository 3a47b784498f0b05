package io.mysqlmmm.agent.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One line of /proc/PID/stat or /proc/PID/task/TID/stat.
 *
 * @param state the third field: R, S, D, Z, X...
 * @param flags the ninth: PF_... of include/linux/sched.h
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
 */
record ThreadStat(char state, long flags) {
  /** In do_exit: it will never return to user mode. */
  private static final long PF_EXITING = 0x4;

  static ThreadStat read(Path file) throws IOException {
    return parse(Files.readString(file, StandardCharsets.ISO_8859_1), file.toString());
  }

  /** The name, which may hold anything, stands in the outermost parentheses. */
  static ThreadStat parse(String line, String where) throws IOException {
    List<String> fields = List.of(line.substring(line.lastIndexOf(')') + 1).strip().split(" +"));
    try {
      return new ThreadStat(fields.get(0).charAt(0), Long.parseLong(fields.get(6)));
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new IOException(where + " is not a stat line: " + line, e);
    }
  }

  boolean ends() {
    return state == 'Z' || state == 'X' || (flags & PF_EXITING) != 0;
  }
}
