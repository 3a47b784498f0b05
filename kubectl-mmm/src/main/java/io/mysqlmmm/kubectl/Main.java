package io.mysqlmmm.kubectl;

import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.Environment;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Entry point: parses the command line, runs one verb, exits with its status. */
public final class Main {
  /** Of the help's lines. */
  private static final int WIDTH = 100;

  private final Console console;

  private Main(Console console) {
    this.console = console;
  }

  public static void main(String[] args) {
    Console console = new Console(writer(System.out), writer(System.err));
    int status = run(Environment.ofProcess(), console, args);
    console.out().flush();
    console.err().flush();
    System.exit(status);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, false, StandardCharsets.UTF_8);
  }

  /** Runs one command line; everything it says goes to the console. */
  static int run(Environment environment, Console console, String... args) {
    List<Verb> verbs =
        List.of(
            new ShowCommand(environment, console),
            new ChecksCommand(environment, console),
            new ModeCommand(environment, console),
            new SetModeCommand(environment, console, SetModeCommand.Mode.ACTIVE),
            new SetModeCommand(environment, console, SetModeCommand.Mode.MANUAL),
            new SetModeCommand(environment, console, SetModeCommand.Mode.WAIT),
            new SetModeCommand(environment, console, SetModeCommand.Mode.PASSIVE),
            new SetOnlineCommand(environment, console),
            new SetOfflineCommand(environment, console),
            new MoveRoleCommand(environment, console),
            new SetIpCommand(environment, console),
            new CloneCommand(environment, console),
            new BackupCommand(environment, console),
            new PreflightCommand(environment, console),
            new PingCommand(environment, console),
            new CompletionCommand(console),
            new ImportCommand(console),
            new VersionCommand(console),
            new HelpCommand(console));
    CommandSpec root = root(verbs);
    if (args.length > 0 && Complete.WORD.equals(args[0])) {
      List<String> words = List.of(args).subList(1, args.length);
      return new Complete(environment, console).run(root, LeadingOptions.behindVerb(words)).code();
    }
    CommandLine command = new CommandLine(root);
    command.setOut(console.out());
    command.setErr(console.err());
    command.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
    String[] line = LeadingOptions.behindVerb(List.of(args)).toArray(new String[0]);
    return new Main(console).run(command, line).code();
  }

  private static CommandSpec root(List<Verb> verbs) {
    CommandSpec root = CommandSpec.create().name("kubectl mmm").addOption(help());
    root.usageMessage()
        .width(WIDTH)
        .synopsisSubcommandLabel("COMMAND")
        .description("Shows and steers MySQL master-master pairs, with the words of mmm_control.")
        .commandListHeading("%nCommands:%n")
        .footer(
            "",
            "'kubectl mmm help COMMAND' tells more about one command.",
            "Exit status: 0 done, 1 refused or aborted, 2 usage, 3 cluster or resource out of",
            "reach, 4 timed out.");
    for (Verb verb : verbs) {
      CommandSpec spec = verb.spec().addOption(help());
      spec.usageMessage().width(WIDTH);
      root.addSubcommand(spec.name(), spec);
    }
    return root;
  }

  private static OptionSpec help() {
    return OptionSpec.builder("-h", "--help")
        .usageHelp(true)
        .description("Show this help.")
        .build();
  }

  private ExitStatus run(CommandLine command, String... args) {
    try {
      ParseResult parsed = command.parseArgs(args);
      return CommandLine.printHelpIfRequested(parsed) ? ExitStatus.DONE : run(parsed);
    } catch (ParameterException e) {
      return misused(e, args);
    }
  }

  private ExitStatus run(ParseResult parsed) {
    if (!parsed.hasSubcommand()) {
      throw new ParameterException(parsed.commandSpec().commandLine(), "No command given.");
    }
    ParseResult line = parsed.subcommand();
    Verb verb = (Verb) line.commandSpec().userObject();
    try {
      return verb.run(line);
    } catch (ClusterException e) {
      return failed(line, e.sentence(), e, ExitStatus.of(e));
    } catch (UsageException e) {
      return failed(line, String.valueOf(e.getMessage()), e, ExitStatus.USAGE);
    } catch (RuntimeException e) {
      return failed(line, "A fault of the plugin itself: " + e, e, ExitStatus.BUG);
    }
  }

  private ExitStatus failed(ParseResult line, String sentence, Exception cause, ExitStatus status) {
    console.err().println("ERROR: " + sentence);
    if (line.hasMatchedOption("--verbose")) {
      cause.printStackTrace(console.err());
    }
    return status;
  }

  /** MMM: {@code Invalid command '…'} and the help. */
  private ExitStatus misused(ParameterException misuse, String... args) {
    CommandLine command = misuse.getCommandLine();
    boolean unknownVerb =
        misuse instanceof UnmatchedArgumentException && command.getParent() == null;
    console
        .err()
        .println(
            "ERROR: "
                + (unknownVerb
                    ? "Invalid command '%s'.".formatted(String.join(" ", args))
                    : misuse.getMessage()));
    command.usage(console.err());
    return ExitStatus.USAGE;
  }
}
