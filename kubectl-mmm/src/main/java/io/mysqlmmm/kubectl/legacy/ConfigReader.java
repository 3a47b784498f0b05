package io.mysqlmmm.kubectl.legacy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads MMM's configuration files: {@code name value}, {@code <section name>} to {@code
 * </section>}, {@code #} at the beginning of a line, {@code include FILE}, relative to the file
 * that says so. A file is read once, however often it is named or included. Goes on after an error,
 * so that all of them are found at once.
 */
final class ConfigReader {
  private static final Pattern OPEN = Pattern.compile("<\\s*([\\w-]+)(?:\\s+([^\\s>]+))?\\s*>");
  private static final Pattern CLOSE = Pattern.compile("</\\s*([\\w-]+)\\s*>");
  private static final Pattern WORDS = Pattern.compile("(\\S+)\\s+(.+)");

  private final Configuration configuration;
  private final Findings findings;
  private final Set<Path> read = new HashSet<>();

  ConfigReader(Configuration configuration, Findings findings) {
    this.configuration = configuration;
    this.findings = findings;
  }

  /**
   * What a line belongs to.
   *
   * @param section empty: an unknown section, whose lines are passed over
   */
  private record Scope(String keyword, Source opened, Optional<Section> section) {
    boolean isGlobal() {
      return keyword.isEmpty();
    }
  }

  /** Adds what the file says to the configuration. */
  void read(Path file) {
    Scope global = new Scope("", new Source(file, 0), Optional.of(configuration.global()));
    read(file, file + ": ", global);
  }

  private void read(Path file, String errorPrefix, Scope outer) {
    List<String> lines;
    try {
      if (!read.add(file.toRealPath())) {
        return;
      }
      // Files of that age may have Latin-1 in their comments: what is not UTF-8 is passed over.
      lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
      checkPermissions(file);
    } catch (IOException e) {
      findings.error(errorPrefix + unreadable(file, e));
      return;
    }
    Scope scope = outer;
    for (int i = 0; i < lines.size(); i++) {
      scope = line(lines.get(i).strip(), new Source(file, i + 1), scope, outer);
    }
    if (!scope.equals(outer)) {
      findings.error(
          scope.opened(),
          "<%s> is never ended: add </%s>".formatted(scope.keyword(), scope.keyword()));
    }
  }

  private static String unreadable(Path file, IOException cause) {
    return switch (cause) {
      case NoSuchFileException _ ->
          "there is no file %s: name the files of the MMM installation, with their directory"
              .formatted(file);
      case AccessDeniedException _ ->
          "%s may not be read by you: MMM's files belong to root; copy them or use sudo"
              .formatted(file);
      default -> "%s cannot be read: %s".formatted(file, cause.getMessage());
    };
  }

  private void checkPermissions(Path file) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, new LinkOption[0]);
    if (view == null) {
      return;
    }
    Set<PosixFilePermission> permissions = view.readAttributes().permissions();
    if (permissions.contains(PosixFilePermission.OTHERS_READ)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
      findings.worldReadable(file.toString());
    }
  }

  private Scope line(String text, Source at, Scope scope, Scope outer) {
    if (text.isEmpty() || text.startsWith("#")) {
      return scope;
    }
    Matcher close = CLOSE.matcher(text);
    if (close.matches()) {
      return close(Objects.requireNonNull(close.group(1)), at, scope, outer);
    }
    Matcher open = OPEN.matcher(text);
    if (open.matches()) {
      String name = Optional.ofNullable(open.group(2)).orElse("");
      return open(Objects.requireNonNull(open.group(1)), name, at, scope);
    }
    Matcher words = WORDS.matcher(text);
    if (!words.matches()) {
      findings.error(
          at,
          "'%s' is neither a section nor a setting with a value: give it one, or remove the line"
              .formatted(text));
      return scope;
    }
    String name = Objects.requireNonNull(words.group(1));
    String value = Objects.requireNonNull(words.group(2)).strip();
    if (name.equals("include")) {
      read(at.file().resolveSibling(value), at + ": ", scope);
    } else {
      scope.section().ifPresent(section -> set(section, new Setting(name, value, at)));
    }
    return scope;
  }

  private Scope open(String keyword, String name, Source at, Scope scope) {
    if (!scope.isGlobal()) {
      findings.error(
          at,
          "<%s> begins inside <%s> of line %d: end that first with </%s>"
              .formatted(keyword, scope.keyword(), scope.opened().line(), scope.keyword()));
    }
    Optional<Kind> kind = Kind.of(keyword);
    if (kind.isEmpty()) {
      findings.error(
          at,
          "<%s> is no section of MMM: use monitor, host, role, check, socket or copy_method"
              .formatted(keyword));
      return new Scope(keyword, at, Optional.empty());
    }
    if (kind.get().isNamed() == name.isEmpty()) {
      findings.error(
          at,
          kind.get().isNamed()
              ? "<%s> needs a name: write <%s NAME>".formatted(keyword, keyword)
              : "<%s> has no name: write <%s>".formatted(keyword, keyword));
      return new Scope(keyword, at, Optional.empty());
    }
    return new Scope(keyword, at, Optional.of(configuration.section(kind.get(), name, at)));
  }

  private Scope close(String keyword, Source at, Scope scope, Scope outer) {
    if (scope.equals(outer) || !scope.keyword().equals(keyword)) {
      findings.error(
          at,
          scope.isGlobal()
              ? "</%s> ends a section that never began: remove it".formatted(keyword)
              : "</%s> cannot end <%s> of %s".formatted(keyword, scope.keyword(), scope.opened()));
    }
    return outer;
  }

  private void set(Section section, Setting setting) {
    Fate fate = section.kind().vocabulary().get(setting.name());
    if (fate == null) {
      findings.error(
          setting.at(),
          "%s has no setting '%s': correct its name, or remove the line if MMM 2.2 did not know it"
              .formatted(section.kind(), setting.name()));
      return;
    }
    findings.occurred(setting.name(), fate);
    section
        .get(setting.name())
        .filter(earlier -> !earlier.value().equals(setting.value()))
        .ifPresent(
            earlier ->
                findings.warn(
                    Place.TOP,
                    setting.name(),
                    "set twice, at %s and at %s: the latter counts."
                        .formatted(earlier.at(), setting.at())));
    section.put(setting);
  }
}
