package io.mhras.migrations.cli;

import io.mhras.migrations.cli.options.Settings;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code migrations man}: the manual page, made of the same texts as the help. */
@Command(
        name = "man",
        mixinStandardHelpOptions = true,
        description = "Write the manual page.",
        footer = {"", "Example: migrations man > /usr/local/share/man/man1/migrations.1"})
final class ManCommand implements DescribingVerb {

    private final StringBuilder page = new StringBuilder();

    @Override
    public void write(CommandLine all, PrintWriter out) {
        CommandSpec root = all.getCommandSpec();
        Set<CommandSpec> verbs = new LinkedHashSet<>();
        root.subcommands().values().forEach(verb -> verbs.add(verb.getCommandSpec()));
        Map<String, OptionSpec> common = common(verbs);
        page.append(".TH MIGRATIONS 1\n.SH NAME\nmigrations \\- ");
        page.append(text(root.usageMessage().description())).append('\n');
        page.append(".SH SYNOPSIS\n.B migrations\n.I VERB\n[options]\n.SH VERBS\n");
        verbs.forEach(verb -> verb(verb, common.keySet()));
        page.append(".SH OPTIONS\nMost verbs take these too.\n");
        common.values().forEach(this::option);
        page.append(".SH EXIT STATUS\n");
        root.usageMessage().exitCodeList().forEach(this::item);
        page.append(".SH FILES\n");
        item(Settings.FILE, "Settings, by the names of mhras.migrations.*, if it is in the working folder.");
        out.print(page);
    }

    /** The options that more than half of the verbs have. */
    private static Map<String, OptionSpec> common(Set<CommandSpec> verbs) {
        Map<String, OptionSpec> common = new LinkedHashMap<>();
        for (CommandSpec verb : verbs) {
            for (OptionSpec option : verb.options()) {
                String name = option.longestName();
                if (2
                                * verbs.stream()
                                        .filter(other -> other.findOption(name) != null)
                                        .count()
                        > verbs.size()) {
                    common.putIfAbsent(name, option);
                }
            }
        }
        return common;
    }

    private void verb(CommandSpec verb, Set<String> common) {
        List<String> names = new ArrayList<>(List.of(verb.name()));
        names.addAll(List.of(verb.aliases()));
        page.append(".SS ").append(escaped(String.join(", ", names))).append('\n');
        page.append(text(verb.usageMessage().description())).append('\n');
        for (PositionalParamSpec parameter : verb.positionalParameters()) {
            item(parameter.paramLabel(), plain(parameter.description()));
        }
        verb.options().stream()
                .filter(option -> !common.contains(option.longestName()))
                .forEach(this::option);
        page.append(".PP\n.nf\n");
        Stream.of(verb.usageMessage().footer())
                .filter(line -> !line.isBlank())
                .forEach(line -> page.append(escaped(line)).append('\n'));
        page.append(".fi\n");
    }

    private void option(OptionSpec option) {
        String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        item(String.join(", ", option.names()) + value, plain(option.description()));
    }

    private void item(String term, String explanation) {
        page.append(".TP\n.B ").append(escaped(term)).append('\n');
        page.append(escaped(explanation)).append('\n');
    }

    private static String text(String[] lines) {
        return escaped(plain(lines));
    }

    /** As the help shows it, but on one line. */
    private static String plain(String[] lines) {
        String joined = String.join(" ", lines).replace("$$", "$").replace("%n", " ");
        return Ansi.OFF.string(joined);
    }

    private static String escaped(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
