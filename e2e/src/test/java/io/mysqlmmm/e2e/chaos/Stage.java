package io.mysqlmmm.e2e.chaos;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.mysqlmmm.e2e.Lab;
import io.mysqlmmm.e2e.PairUnderTest;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;

/** The pair, its clients and its watchers, ready for runs. Between runs the clients are paused. */
final class Stage {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration NEWS = Duration.ofSeconds(10);

  private final Site site;
  private final Workload workload;
  private final LedgerWatch ledger;
  private final VipWatch vip;
  private final Judge judge;
  private final Undos undos = new Undos();
  private final boolean appliedHere;

  private Stage(Site site, boolean appliedHere) throws SQLException, IOException {
    this.site = site;
    this.appliedHere = appliedHere;
    this.judge = new Judge(site);
    this.ledger = new LedgerWatch(site.client());
    this.vip = new VipWatch(site.clock());
    vip.awaitNews(NEWS);
    Schema.create(site.application());
    this.workload = Workload.paused(site.application(), site.clock());
  }

  /** Applies the sample pair, if it is not there, and waits until it is well. */
  static Stage set(Consumer<String> out) throws SQLException, IOException {
    KubernetesClient client = Lab.client();
    PairUnderTest pair = new PairUnderTest(client);
    PacketFilter.removeLeftovers();
    boolean absent = pair.read().isEmpty();
    if (absent) {
      out.accept("chaos: applying the sample pair, its data on volumes of limited size");
      PairUnderTest.HOSTS.forEach(host -> DataVolume.of(host).limit());
      pair.apply(manifest());
    }
    awaitWell(pair);
    return new Stage(new Site(client, pair, new Application(client), new Clock()), absent);
  }

  private static void awaitWell(PairUnderTest pair) {
    pair.awaitTrue("Ready", START);
    pair.awaitTrue("Redundant", START);
  }

  /** With new data, after a state from which the pair does not come back by itself. */
  void setAnew() throws SQLException {
    site.pair().remove();
    site.pair().apply(manifest());
    awaitWell(site.pair());
    site.application().learn(site.client());
    Schema.create(site.application());
  }

  /** Ends the clients and watchers; removes the pair if it was applied here and is not needed. */
  void leave(boolean well) {
    undos.runAll();
    workload.close();
    vip.close();
    ledger.close();
    if (appliedHere && well) {
      site.pair().remove();
    }
    site.client().close();
  }

  Site site() {
    return site;
  }

  Workload workload() {
    return workload;
  }

  LedgerWatch ledger() {
    return ledger;
  }

  VipWatch vip() {
    return vip;
  }

  Judge judge() {
    return judge;
  }

  Undos undos() {
    return undos;
  }

  /** The sample, with hosts that may go down as often as the campaign has it. */
  private static String manifest() {
    return PairUnderTest.sample().stripTrailing() + "\n  monitor: {flapCount: 0}\n";
  }
}
