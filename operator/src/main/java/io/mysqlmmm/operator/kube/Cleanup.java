package io.mysqlmmm.operator.kube;

import java.util.List;

/** How far the removal of a pair's objects has come. */
public sealed interface Cleanup {

  /**
   * Nothing is left to wait for; the finalizer may go.
   *
   * @param remarks what could not be removed within the bound and is left behind, one sentence
   *     each, fit for Events; empty: everything is gone
   */
  record Done(List<String> remarks) implements Cleanup {}

  /**
   * Call again, in a second or so.
   *
   * @param what what is waited for, one sentence
   */
  record Waiting(String what) implements Cleanup {}
}
