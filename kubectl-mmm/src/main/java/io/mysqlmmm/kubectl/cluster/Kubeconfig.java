package io.mysqlmmm.kubectl.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
  private static final Entry EMPTY = new Entry(MissingNode.getInstance(), Path.of("/"));

  private final List<Source> sources;
  private final Environment environment;
  private final Overrides overrides;

  private record Source(Path file, JsonNode content) {}

  /** A named entry and the directory that its relative paths start from. */
  record Entry(JsonNode value, Path directory) {
    ObjectNode object() {
      return value instanceof ObjectNode object ? object : ApiServer.JSON.createObjectNode();
    }

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

  private Kubeconfig(List<Source> sources, Environment environment, Overrides overrides) {
    this.sources = sources;
    this.environment = environment;
    this.overrides = overrides;
  }

  /**
   * The access that the named context, or else the current one, stands for, with what the command
   * line says instead. Without any kubeconfig: the server that the command line names, or in a pod
   * its service account.
   */
  public static ClusterAccess access(Environment environment, Overrides overrides)
      throws ClusterException {
    Kubeconfig config = new Kubeconfig(load(environment, overrides.file()), environment, overrides);
    if (config.sources.isEmpty() && !overrides.cluster().has("server")) {
      Optional<ClusterAccess> inPod = InPod.access(environment);
      if (inPod.isPresent()) {
        return inPod.get();
      }
      throw new ClusterException(
          Kind.KUBECONFIG,
          "No kubeconfig found (%s): set KUBECONFIG or pass --kubeconfig."
              .formatted(files(environment, overrides.file())));
    }
    return config.resolve();
  }

  private static List<Source> load(Environment environment, Optional<Path> file)
      throws ClusterException {
    List<Source> loaded = new ArrayList<>();
    for (Path path : files(environment, file)) {
      if (file.isPresent() || Files.exists(path)) {
        loaded.add(new Source(path.toAbsolutePath(), parse(path)));
      }
    }
    return loaded;
  }

  private static List<Path> files(Environment environment, Optional<Path> file) {
    if (file.isPresent()) {
      return List.of(file.get());
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

  private ClusterAccess resolve() throws ClusterException {
    Entry context = context();
    Entry cluster = cluster(overrides.clusterName().or(() -> context.text("cluster")));
    Entry user = user(overrides.userName().or(() -> context.text("user")));
    return new ClusterAccess(
        server(cluster),
        cluster.data("certificate-authority-data", "certificate-authority"),
        cluster.value().path("insecure-skip-tls-verify").asBoolean(false),
        cluster.text("proxy-url").map(URI::create),
        new UserCredentials(environment).identify(user),
        context.text("namespace").orElse("default"));
  }

  /** Of a command line that names its server, no kubeconfig has to have a context. */
  private Entry context() throws ClusterException {
    Optional<String> name = overrides.context().or(this::currentContext);
    if (name.isPresent()) {
      return entry("context", name.get());
    }
    if (overrides.clusterName().isPresent() || overrides.cluster().has("server")) {
      return EMPTY;
    }
    throw new ClusterException(
        Kind.KUBECONFIG, "The kubeconfig names no current context: pass --context.");
  }

  private Entry cluster(Optional<String> name) throws ClusterException {
    boolean needed = name.isPresent() || !overrides.cluster().has("server");
    Entry stated = needed ? entry("cluster", name.orElse("")) : EMPTY;
    return new Entry(overrides.onCluster(stated.object()), stated.directory());
  }

  private Entry user(Optional<String> name) throws ClusterException {
    Entry stated = name.isPresent() ? entry("user", name.get()) : EMPTY;
    return new Entry(overrides.onUser(stated.object()), stated.directory());
  }

  private Optional<String> currentContext() {
    for (Source source : sources) {
      String name = source.content().path("current-context").asText("");
      if (!name.isEmpty()) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
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
