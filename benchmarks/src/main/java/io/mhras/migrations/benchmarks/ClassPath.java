package io.mhras.migrations.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Class paths made of the artifacts that one contestant has and of what these depend on, as Maven resolved it.
 *
 * <p>Each child JVM gets the jars that it would have in a service of its own, and no others: a longer class path makes the
 * start of a JVM slower, and Spring Boot configures whatever it finds.
 */
final class ClassPath {

    private static final Pattern NODE = Pattern.compile("(\\d+) \\(?([^:]+):([^:]+):([^:]+):(?:(tests):)?([^: ]+).*");
    private static final Pattern EDGE = Pattern.compile("(\\d+) (\\d+) .*");

    private final Map<String, Set<String>> dependencies = new HashMap<>();
    private final Map<String, String> versions = new HashMap<>();
    private final List<Path> jars;
    private final Path ownJar;

    private ClassPath(List<Path> jars, Path ownJar) {
        this.jars = jars;
        this.ownJar = ownJar;
    }

    /** Reads what the build wrote into the folder. */
    static ClassPath read(Path target) {
        try {
            List<Path> jars = new ArrayList<>();
            for (String jar :
                    Files.readString(target.resolve("jars.txt")).strip().split(File.pathSeparator, -1)) {
                jars.add(Path.of(jar));
            }
            ClassPath classPath = new ClassPath(jars, target.resolve("benchmarks-0.1.0.jar"));
            classPath.readTree(Files.readAllLines(target.resolve("dependencies.tgf")));
            return classPath;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readTree(List<String> lines) {
        Map<String, String> artifacts = new HashMap<>();
        for (String line : lines) {
            Matcher node = NODE.matcher(line);
            Matcher edge = EDGE.matcher(line);
            if (node.matches()) {
                String artifact = node.group(5) == null ? node.group(3) : node.group(3) + ":" + node.group(5);
                artifacts.put(node.group(1), artifact);
                versions.putIfAbsent(artifact, node.group(6));
            } else if (edge.matches() && artifacts.containsKey(edge.group(2))) {
                dependencies
                        .computeIfAbsent(
                                String.valueOf(artifacts.get(edge.group(1))), artifact -> new LinkedHashSet<>())
                        .add(String.valueOf(artifacts.get(edge.group(2))));
            }
        }
    }

    /** The version that was resolved. */
    String version(String artifact) {
        return String.valueOf(versions.get(artifact));
    }

    /** The jars of these artifacts, of all that they depend on, and ours. */
    String of(Collection<String> artifacts) {
        Set<String> wanted = new LinkedHashSet<>();
        artifacts.forEach(artifact -> collect(artifact, wanted));
        List<Path> chosen = new ArrayList<>(List.of(ownJar));
        jars.stream()
                .filter(jar -> wanted.stream().anyMatch(artifact -> isJarOf(artifact, jar)))
                .forEach(chosen::add);
        return chosen.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private void collect(String artifact, Set<String> wanted) {
        if (!versions.containsKey(artifact)) {
            throw new IllegalArgumentException(artifact + " is no dependency of the benchmarks");
        }
        if (wanted.add(artifact)) {
            dependencies.getOrDefault(artifact, Set.of()).forEach(dependency -> collect(dependency, wanted));
        }
    }

    private boolean isJarOf(String artifact, Path jar) {
        String[] parts = artifact.split(":", -1);
        String classifier = parts.length == 1 ? "" : "-" + parts[1];
        return jar.endsWith(parts[0] + "-" + version(artifact) + classifier + ".jar");
    }
}
