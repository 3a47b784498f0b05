package io.mysqlmmm.operator.core;

/** The next step of bringing hosts to what the spec asks for; each with a sentence for a person. */
public sealed interface RollingStep {
  String sentence();

  /** There is nothing to do. */
  record Rest(String sentence) implements RollingStep {}

  /** Something has to come first, and is expected to come by itself, or by what a person does. */
  record Wait(String sentence) implements RollingStep {}

  /** What was tried failed. The hosts that serve stay as they are until the spec is corrected. */
  record Stop(String sentence) implements RollingStep {}

  /** Delete exactly this pod: its StatefulSet makes the new one. */
  record Restart(String host, String podUid, String sentence) implements RollingStep {}

  /** Ask the agent to take these settings over without a restart. */
  record Ask(Command.Send send, String sentence) implements RollingStep {}

  /** The host took its settings over: write that down on its pod. */
  record NoteSettings(String host, String podUid, String sentence) implements RollingStep {}

  /** Move the writer to this host. */
  record Move(String to, String sentence) implements RollingStep {}

  /** The host has left the spec and holds nothing more: remove its StatefulSet. */
  record Remove(String host, String sentence) implements RollingStep {}
}
