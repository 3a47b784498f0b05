package io.mysqlmmm.e2e.chaos;

import java.time.Duration;
import java.util.List;

/**
 * Something that goes wrong, and how it is put right.
 *
 * @param name in lower case with hyphens, used on the command line and in the table
 * @param lasts from its injection until it is lifted; zero when there is nothing to lift
 * @param needsApi whether its injection asks the API server, which another fault may have stopped
 * @param single whether it must not be combined: with another fault it may rightly cost data
 */
public record Fault(
    String name, Duration lasts, boolean needsApi, boolean single, Injection injection) {

  /** Makes it happen. */
  public interface Injection {
    /**
     * Returns how to undo it; throws {@link Skipped} when this lab or moment has no place for it.
     */
    Undo into(Scene scene) throws Exception;
  }

  /** Puts right what the injection did. Safe to be called at any later time, once. */
  public interface Undo {
    Undo NOTHING = () -> {};

    void run() throws Exception;

    /** All of them, the last first. */
    static Undo all(List<Undo> undos) {
      return () -> {
        for (Undo undo : undos.reversed()) {
          undo.run();
        }
      };
    }
  }

  /** The fault cannot be made here and now; the message says why. */
  public static final class Skipped extends Exception {
    Skipped(String why) {
      super(why);
    }
  }

  /** Over at once. */
  static Fault stroke(String name, Injection injection) {
    return new Fault(name, Duration.ZERO, false, false, injection);
  }

  /** Over at once; asks the API server. */
  static Fault request(String name, Injection injection) {
    return new Fault(name, Duration.ZERO, true, false, injection);
  }

  static Fault lasting(String name, Duration lasts, Injection injection) {
    return new Fault(name, lasts, false, false, injection);
  }

  /** The same, lifted later; asks the API server. */
  Fault asking() {
    return new Fault(name, lasts, true, single, injection);
  }

  /** The same, never combined with another one. */
  Fault alone() {
    return new Fault(name, lasts, needsApi, true, injection);
  }
}
