package io.mysqlmmm.agent.preflight;

import io.mysqlmmm.shared.agent.Preflight;
import io.mysqlmmm.shared.agent.Preflight.Finding;
import io.mysqlmmm.shared.agent.Preflight.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges a node's own server while it is not this host's mysqld yet: what is in its data set, and
 * not its settings, for those come with the unit. Pure. It never passes as a whole, so that nothing
 * is adopted by what was seen in another server than the one that is adopted.
 */
public final class AheadRules {
  private static final List<String> NEEDED =
      List.of("SELECT", "EVENT", "PROCESS", "XA_RECOVER_ADMIN");

  private AheadRules() {}

  /** Privileges without which a look would find less than there is. */
  public static List<String> lacking(List<String> granted) {
    return NEEDED.stream().filter(needed -> !granted.contains(needed)).toList();
  }

  /** What was found by an account that may see all. */
  public static Preflight judge(ServerFacts facts) {
    List<Finding> findings = new ArrayList<>();
    findings.add(ahead());
    findings.addAll(PreflightRules.ofDataSet(facts));
    return new Preflight(findings);
  }

  /** Nothing could be seen. */
  public static Preflight withoutAccount(String account) {
    return new Preflight(
        List.of(
            ahead(),
            new Finding(
                "account '%s'@'127.0.0.1'".formatted(account),
                Level.MISSING,
                "cannot log in",
                "one by which the server is looked at before it is stopped",
                "CREATE USER '%1$s'@'127.0.0.1' IDENTIFIED BY '...', with agentPassword of the pair's Secret; %2$s"
                    .formatted(account, grant(account, NEEDED)))));
  }

  /** Nothing was looked at, for not all of it could be seen. */
  public static Preflight withoutGrants(String account, List<String> lacking) {
    return new Preflight(
        List.of(
            ahead(),
            new Finding(
                "grants of '%s'@'127.0.0.1'".formatted(account),
                Level.MISSING,
                "without " + String.join(", ", lacking),
                String.join(", ", NEEDED),
                grant(account, lacking))));
  }

  private static String grant(String account, List<String> privileges) {
    return "GRANT %s ON *.* TO '%s'@'127.0.0.1'".formatted(String.join(", ", privileges), account);
  }

  private static Finding ahead() {
    return new Finding(
        "taken over",
        Level.MISSING,
        "not yet; this is the server that the node runs now",
        "looked at as this host's mysqld",
        "nothing, until all else is put right");
  }
}
