package io.mysqlmmm.operator.kube;

import io.mysqlmmm.api.v1alpha1.HostStatus;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether the hosts' data can be used by the mysqld of an image, as far as its tag tells the
 * version. Pure. mysqld starts on data of its own series or the long-term series before it, and
 * never on data that a newer version has used (MySQL manual, "Upgrade Paths", "Downgrading").
 */
final class ImageVersion {
  /** A single number is as likely somebody's own count of builds. */
  private static final Pattern TAG = Pattern.compile(":([0-9]+(?:\\.[0-9]+){1,2})(?:[-_].*)?$");

  private static final Pattern RUNNING = Pattern.compile("^([0-9]+(?:\\.[0-9]+){1,2})");

  /** 8.4 came after 8.0; since then the last minor version of a major one is a long-term series. */
  private static final int FIRST_MAJOR = 8;

  private ImageVersion() {}

  /** Why hosts that run now must not get the image; empty: nothing is known against it. */
  static Optional<String> refusal(String image, @Nullable MySQLMultiMaster resource) {
    List<Integer> next = parse(TAG, image.replaceFirst("@.*", ""));
    if (next.isEmpty() || resource == null || resource.getStatus() == null) {
      return Optional.empty();
    }
    List<HostStatus> hosts = resource.getStatus().hosts();
    for (HostStatus host : hosts == null ? List.<HostStatus>of() : hosts) {
      List<Integer> now = parse(RUNNING, host.version() == null ? "" : host.version());
      if (now.isEmpty()) {
        continue;
      }
      String pair = "%s runs %s".formatted(host.name(), host.version());
      if (isOlder(next, now)) {
        return Optional.of(
            "%s is older than what %s: mysqld never starts on data that a newer version has used; give the image of now or a newer one"
                .formatted(image, pair));
      }
      if (next.getFirst() - now.getFirst() > 1 && now.getFirst() >= FIRST_MAJOR) {
        return Optional.of(
            "%s skips a long-term series, and %s: upgrade to the last version of %d first"
                .formatted(image, pair, now.getFirst() + 1));
      }
    }
    return Optional.empty();
  }

  /** By the parts that both tell: 9.7 is not older than 9.7.4. */
  private static boolean isOlder(List<Integer> next, List<Integer> now) {
    for (int i = 0; i < Math.min(next.size(), now.size()); i++) {
      if (!next.get(i).equals(now.get(i))) {
        return next.get(i) < now.get(i);
      }
    }
    return false;
  }

  private static List<Integer> parse(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    List<Integer> parts = new ArrayList<>();
    if (matcher.find()) {
      for (String part : matcher.group(1).split("\\.", -1)) {
        if (part.length() > 6) {
          return List.of(); // A date, say.
        }
        parts.add(Integer.valueOf(part));
      }
    }
    return parts;
  }
}
