package io.mysqlmmm.kubectl.text;

/** A copy of a host's data, a clone or a backup, as its status tells of it. */
public interface CopyView {
  /** Of the request that it is about. */
  String requestedAt();

  /** Running, Done or Failed. */
  String state();

  /** How far it is. */
  String progress();

  default boolean isRunning() {
    return state().equals("Running");
  }

  default boolean isDone() {
    return state().equals("Done");
  }

  default boolean isFailed() {
    return state().equals("Failed");
  }
}
