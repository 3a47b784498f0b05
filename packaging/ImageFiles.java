/**
 * Makes what an image holds beside its jars: a Java runtime of only the modules needed (jlink), the
 * JVM's arguments, and an AOT cache from a training run. {@code mvn -Pimages package} runs this
 * with the toolchain's java; what is up to date is left alone.
 *
 * <pre>
 * java -cp CLASS_PATH packaging/ImageFiles.java NAME DIRECTORY MODULES MAIN_CLASS JAR
 *   CLASS_PATH                    the program's libraries; the training uses them too
 *   NAME                          agent or operator: packaging/NAME.args has the JVM's flags
 *   DIRECTORY/runtime and /start  Jib lays their content over the image's root
 *   DIRECTORY/training            the image's jars as the training run sees them
 *   MODULES                       what jlink adds, with commas between
 * </pre>
 */
final String inImage = "/app";

void main(String[] args) throws Exception {
  if (args.length != 5) {
    throw new IllegalArgumentException("five arguments are needed; see the top of this file");
  }
  String name = args[0];
  Path directory = Path.of(args[1]).toAbsolutePath();
  Path flags = Path.of("packaging", name + ".args");
  String runtimeKey = makeRuntime(directory.resolve("runtime/app/runtime"), args[2]);
  Program program =
      new Program(name, Files.readAllLines(flags), args[3], Path.of(args[4]), libraries());
  makeCache(directory, runtimeKey, program);
}

/** What is started, and from which jars. */
record Program(String name, List<String> flags, String mainClass, Path jar, List<Path> libraries) {

  List<Path> jars() {
    return Stream.concat(Stream.of(jar), libraries.stream()).toList();
  }

  /** Where Jib puts a jar, below the image's /app. */
  String place(Path file) {
    return (file.equals(jar) ? "/classpath/" : "/libs/") + file.getFileName();
  }

  /** The launcher's argument file. The order of the class path is part of what the cache checks. */
  String arguments(String cacheFlag, String app) {
    String classPath = jars().stream().map(j -> app + place(j)).collect(Collectors.joining(":"));
    return String.join("\n", flags)
        + "\n%s\n-cp \"%s\"\n%s\n".formatted(cacheFlag, classPath, mainClass);
  }
}

/** The jars of the class path; the module's own classes are in its jar. */
List<Path> libraries() {
  return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
      .map(Path::of)
      .filter(p -> p.toString().endsWith(".jar"))
      .toList();
}

String makeRuntime(Path runtime, String modules) throws IOException {
  // Not compressed: it starts faster, and the image's layer is compressed as a whole.
  List<String> options =
      List.of(
          "--strip-java-debug-attributes",
          "--no-header-files",
          "--no-man-pages",
          "--compress=zip-0",
          "--add-modules=" + modules);
  String key = System.getProperty("java.runtime.version") + " " + options;
  if (isMadeFrom(key, runtime)) {
    return key;
  }
  long start = System.nanoTime();
  delete(runtime);
  List<String> all = new ArrayList<>(options);
  all.add("--output=" + runtime);
  ToolProvider jlink = ToolProvider.findFirst("jlink").orElseThrow();
  if (jlink.run(System.out, System.err, all.toArray(String[]::new)) != 0) {
    throw new IllegalStateException("jlink failed: " + all);
  }
  Files.delete(runtime.resolve("bin/jwebserver"));
  Files.delete(runtime.resolve("lib/classlist"));
  remember(key, runtime);
  say("the Java runtime", runtime, start);
  return key;
}

void makeCache(Path directory, String runtimeKey, Program program) throws Exception {
  Path app = directory.resolve("start/app");
  Path cache = app.resolve("app.aot");
  String arguments = program.arguments("-XX:AOTCache=" + inImage + "/app.aot", inImage);
  String key = runtimeKey + arguments + digest(program.jars()) + digest(sources());
  if (isMadeFrom(key, cache)) {
    return;
  }
  long start = System.nanoTime();
  delete(app);
  Files.createDirectories(app);
  Path surroundings = directory.resolve("training");
  delete(surroundings);
  Path copy = surroundings.resolve("app");
  for (Path jar : program.jars()) {
    Path target = Path.of(copy + program.place(jar));
    Files.createDirectories(target.getParent());
    Files.copy(jar, target);
    // As in Jib's layers: the JVM takes a cache only with jars of the very size and time.
    Files.setLastModifiedTime(target, FileTime.fromMillis(1000));
  }
  Path trained = surroundings.resolve("java.args");
  Files.writeString(trained, program.arguments("-XX:AOTCacheOutput=" + cache, copy.toString()));
  Path java = directory.resolve("runtime/app/runtime/bin/java");
  Path log = surroundings.resolve("log");
  ProcessBuilder builder = new ProcessBuilder(java.toString(), "@" + trained);
  builder.redirectErrorStream(true).redirectOutput(log.toFile());
  builder.environment().keySet().removeIf(v -> v.matches("MMM_.*|KUBE.*|.*JAVA_OPTIONS"));
  // For the process that writes the cache, which needs more than the program itself.
  builder.environment().put("JDK_AOT_VM_OPTIONS", "-Xmx256m -XX:MaxMetaspaceSize=512m");
  Training.of(program.name()).run(builder, surroundings);
  if (!Files.exists(cache)) {
    throw new IllegalStateException("the training run left no AOT cache; see " + log);
  }
  Files.writeString(app.resolve("java.args"), arguments);
  remember(key, cache);
  say("the AOT cache", cache, start);
}

/** What the training is made of. */
List<Path> sources() throws IOException {
  try (Stream<Path> files = Files.list(Path.of("packaging"))) {
    return files.sorted().toList();
  }
}

String digest(List<Path> files) throws Exception {
  MessageDigest digest = MessageDigest.getInstance("SHA-256");
  for (Path file : files) {
    digest.update(Files.readAllBytes(file));
  }
  return HexFormat.of().formatHex(digest.digest());
}

/** Beside the directories that go into the image. */
Path keyOf(Path made) {
  Path directory = made.getParent().getParent().getParent();
  return directory.resolve(made.getFileName() + ".key");
}

boolean isMadeFrom(String key, Path made) throws IOException {
  Path file = keyOf(made);
  return Files.exists(made) && Files.exists(file) && Files.readString(file).equals(key);
}

void remember(String key, Path made) throws IOException {
  Files.writeString(keyOf(made), key);
}

void delete(Path directory) throws IOException {
  if (!Files.exists(directory)) {
    return;
  }
  try (Stream<Path> files = Files.walk(directory)) {
    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
      Files.delete(file);
    }
  }
}

void say(String what, Path made, long start) {
  Duration took = Duration.ofNanos(System.nanoTime() - start);
  IO.println("made %s in %.1f s: %s".formatted(what, took.toMillis() / 1000.0, made));
}
