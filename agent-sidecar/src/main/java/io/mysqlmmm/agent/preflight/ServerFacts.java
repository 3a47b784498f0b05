package io.mysqlmmm.agent.preflight;

import java.util.List;
import java.util.Map;

/**
 * What a server tells of itself and its data set. Lists are cut off at a few entries: they are for
 * people to read.
 *
 * @param version as {@code @@version} has it
 * @param variables global variables by name; one that the server does not know is absent
 * @param plugins names of plugins that are active
 * @param tables of other engines than InnoDB, as schema.table (engine)
 * @param sources what it is set to replicate from, as channel and address
 * @param prepared how many XA transactions are prepared
 * @param powerful accounts that can switch super_read_only off
 * @param namesakes accounts named as the operator's own are, mmm_ and something
 * @param locked accounts whose authentication plugin is not there
 * @param events how many events are enabled
 */
public record ServerFacts(
    String version,
    Map<String, String> variables,
    List<String> plugins,
    List<String> tables,
    List<String> sources,
    int prepared,
    List<String> powerful,
    List<String> namesakes,
    List<String> locked,
    int events) {
  public ServerFacts {
    variables = Map.copyOf(variables);
    plugins = List.copyOf(plugins);
    tables = List.copyOf(tables);
    sources = List.copyOf(sources);
    powerful = List.copyOf(powerful);
    namesakes = List.copyOf(namesakes);
    locked = List.copyOf(locked);
  }

  /** Asks the server. */
  @FunctionalInterface
  public interface Probe {
    ServerFacts look() throws java.sql.SQLException;
  }
}
