package io.mysqlmmm.kubectl.legacy;

import java.util.List;

/** What became of an import. */
public sealed interface Imported {
  /**
   * A manifest.
   *
   * @param yaml for {@code kubectl apply -f -}, with comments
   * @param warnings what differs from MMM, or asks for something to be done; most of it is in the
   *     comments too
   */
  record Manifest(String yaml, List<String> warnings) implements Imported {
    /** Keeps a copy. */
    public Manifest {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * There can be no manifest.
   *
   * @param errors one sentence each: where, what, and what to do
   */
  record Refused(List<String> errors) implements Imported {
    /** Keeps a copy. */
    public Refused {
      errors = List.copyOf(errors);
    }
  }
}
