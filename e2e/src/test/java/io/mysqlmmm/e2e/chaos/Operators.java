package io.mysqlmmm.e2e.chaos;

import io.mysqlmmm.e2e.Command;
import java.util.ArrayList;
import java.util.List;

/** Where the operators run. */
public final class Operators {
  private static final String DEPLOYMENT = "deployment/mysql-mmm";

  private Operators() {}

  /** Moves them to these nodes, one to each if there are two. */
  public static void keepTo(List<String> nodes) throws Exception {
    kubectl(
        "patch",
        DEPLOYMENT,
        "--type=merge",
        "--patch",
        """
        {"spec":{"template":{"spec":{"affinity":{"nodeAffinity":{
          "requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[
            {"matchExpressions":[
              {"key":"kubernetes.io/hostname","operator":"In","values":["%s"]}]}]}}}}}}}"""
            .formatted(String.join("\",\"", nodes)));
    awaitRollout();
  }

  /** Back to where they would be without {@link #keepTo}. */
  public static void letGo() throws Exception {
    kubectl("rollout", "undo", DEPLOYMENT);
    awaitRollout();
  }

  private static void awaitRollout() throws Exception {
    kubectl("rollout", "status", DEPLOYMENT, "--timeout=3m");
  }

  private static void kubectl(String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of("kubectl", "--namespace", Leader.NAMESPACE));
    line.addAll(List.of(arguments));
    Command.require(line.toArray(String[]::new));
  }
}
