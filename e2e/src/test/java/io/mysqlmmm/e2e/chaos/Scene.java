package io.mysqlmmm.e2e.chaos;

import io.mysqlmmm.e2e.PairUnderTest;
import java.util.Random;

/**
 * The site at the beginning of a run, with the roles as they were then.
 *
 * @param random the run's own, so that what it chooses follows from the seed
 */
public record Scene(Site site, String writer, String standby, Random random) {

  static Scene now(Site site, Random random) {
    String writer = site.pair().writer();
    return new Scene(site, writer, PairUnderTest.other(writer), random);
  }

  String host(Side side) {
    return switch (side) {
      case WRITER -> writer;
      case STANDBY -> standby;
    };
  }

  String node(Side side) {
    return PairUnderTest.node(host(side));
  }
}
