package io.mysqlmmm.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Faults while clients write: by default a short campaign with a fixed seed; `make chaos` makes
 * longer ones of it.
 */
class ChaosE2E {

  @Test
  void faultsLoseNothingAndNeverMakeTwoWriters() throws Exception {
    Report report = new Report();
    Settings settings = Settings.from(System.getenv());
    try (Campaign campaign = new Campaign(settings, report::say)) {
      try {
        campaign.perform();
      } finally {
        report.say(System.lineSeparator() + Table.render(campaign.results()));
        campaign.violations().forEach(violation -> report.say("VIOLATION " + violation));
        System.out.println("kept in " + report.keep(settings.results(), "chaos"));
      }
      assertThat(campaign.violations()).as("seed %d", settings.seed()).isEmpty();
      assertThat(campaign.results()).hasSize(settings.runs());
    }
  }
}
