package io.mysqlmmm.kubectl.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.mysqlmmm.kubectl.cluster.ClusterException.Kind;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The kubeconfig files, read as kubectl reads them: {@code --kubeconfig} alone, else the files of
 * {@code KUBECONFIG}, else {@code ~/.kube/config}. Of several files the first that has a value
 * wins, and a relative path is relative to the file that names it.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/">Organizing
 *     cluster access</a>
 */
public final class Kubeconfig {
  private final List<Source> sources;
  private final Environment environment;

  private record Source(Path file, JsonNode content) {}

  /** A named entry and the directory that its relative paths start from. */
  record Entry(JsonNode value, Path directory) {
    Optional<String> text(String field) {
      return Optional.of(value.path(field).asText("")).filter(text -> !text.isEmpty());
    }

    /** The data given inline in base64, or the content of the file named. */
    Optional<String> data(String inlineField, String fileField) throws ClusterException {
      Optional<String> inline = text(inlineField);
      if (inline.isPresent()) {
        return Optional.of(decode(inlineField, inline.get()));
      }
      Optional<String> file = text(fileField);
      return file.isPresent() ? Optional.of(read(directory.resolve(file.get()))) : file;
    }

    private static String decode(String field, String base64) throws ClusterException {
      try {
        return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        throw new ClusterException(
            Kind.KUBECONFIG, "The kubeconfig's %s is not base64.".formatted(field), e);
      }
    }
  }

  private Kubeconfig(List<Source> sources, Environment environment) {
    this.sources = sources;
    this.environment = environment;
  }

  /**
   * The access that the named context, or else the current one, stands for. Without any kubeconfig,
   * in a pod, the pod's service account.
   */
  public static ClusterAccess access(
      Environment environment, @Nullable Path file, @Nullable String context)
      throws ClusterException {
    Kubeconfig config = new Kubeconfig(load(environment, file), environment);
    if (config.sources.isEmpty()) {
      Optional<ClusterAccess> inPod = InPod.access(environment);
      if (inPod.isPresent()) {
        return inPod.get();
      }
      throw new ClusterException(
          Kind.KUBECONFIG,
          "No kubeconfig found (%s): set KUBECONFIG or pass --kubeconfig."
              .formatted(files(environment, file)));
    }
    return config.resolve(context);
  }

  private static List<Source> load(Environment environment, @Nullable Path file)
      throws ClusterException {
    List<Source> loaded = new ArrayList<>();
    for (Path path : files(environment, file)) {
      if (file != null || Files.exists(path)) {
        loaded.add(new Source(path.toAbsolutePath(), parse(path)));
      }
    }
    return loaded;
  }

  private static List<Path> files(Environment environment, @Nullable Path file) {
    if (file != null) {
      return List.of(file);
    }
    Optional<String> listed = environment.variable("KUBECONFIG");
    if (listed.isEmpty()) {
      return List.of(environment.home().resolve(".kube/config"));
    }
    List<Path> paths = new ArrayList<>();
    for (String path : listed.get().split(File.pathSeparator, -1)) {
      if (!path.isEmpty()) {
        paths.add(Path.of(path));
      }
    }
    return paths;
  }

  private static JsonNode parse(Path path) throws ClusterException {
    try {
      return new YAMLMapper().readTree(read(path));
    } catch (IOException e) {
      throw new ClusterException(
          Kind.KUBECONFIG, "The kubeconfig %s is not valid YAML.".formatted(path), e);
    }
  }

  static String read(Path path) throws ClusterException {
    try {
      return Files.readString(path);
    } catch (NoSuchFileException e) {
      throw new ClusterException(Kind.KUBECONFIG, "%s does not exist.".formatted(path), e);
    } catch (IOException e) {
      throw new ClusterException(
          Kind.KUBECONFIG, "Cannot read %s: %s.".formatted(path, e.getMessage()), e);
    }
  }

  private ClusterAccess resolve(@Nullable String contextName) throws ClusterException {
    String name = contextName == null ? currentContext() : contextName;
    Entry context = entry("context", name);
    Entry cluster = entry("cluster", context.text("cluster").orElse(""));
    Optional<String> user = context.text("user");
    return new ClusterAccess(
        server(cluster),
        cluster.data("certificate-authority-data", "certificate-authority"),
        cluster.value().path("insecure-skip-tls-verify").asBoolean(false),
        cluster.text("proxy-url").map(URI::create),
        user.isEmpty()
            ? Identity.ANONYMOUS
            : new UserCredentials(environment).identify(entry("user", user.get())),
        context.text("namespace").orElse("default"));
  }

  private String currentContext() throws ClusterException {
    for (Source source : sources) {
      String name = source.content().path("current-context").asText("");
      if (!name.isEmpty()) {
        return name;
      }
    }
    throw new ClusterException(
        Kind.KUBECONFIG, "The kubeconfig names no current context: pass --context.");
  }

  private Entry entry(String kind, String name) throws ClusterException {
    for (Source source : sources) {
      for (JsonNode named : source.content().path(kind + "s")) {
        if (named.path("name").asText("").equals(name)) {
          Path directory = Optional.ofNullable(source.file().getParent()).orElse(Path.of("/"));
          JsonNode value = named.path(kind);
          return new Entry(value.isObject() ? value : MissingNode.getInstance(), directory);
        }
      }
    }
    throw new ClusterException(
        Kind.KUBECONFIG, "The kubeconfig has no %s '%s'.".formatted(kind, name));
  }

  private static URI server(Entry cluster) throws ClusterException {
    if (cluster.text("tls-server-name").isPresent()) {
      throw new ClusterException(
          Kind.KUBECONFIG, "The kubeconfig's tls-server-name is not supported by this plugin.");
    }
    String server = cluster.text("server").orElse("");
    try {
      URI uri =
          URI.create(server.endsWith("/") ? server.substring(0, server.length() - 1) : server);
      if (uri.getHost() != null && ("https".equals(uri.getScheme()) || isHttp(uri))) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new ClusterException(
        Kind.KUBECONFIG, "The kubeconfig's server '%s' is not an https address.".formatted(server));
  }

  private static boolean isHttp(URI uri) {
    return "http".equals(uri.getScheme());
  }
}
