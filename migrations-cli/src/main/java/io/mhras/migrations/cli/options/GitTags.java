package io.mhras.migrations.cli.options;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A folder as it stood at the tags of its Git repository, by the {@code git} on the PATH. */
final class GitTags {

    private static final int MOST_SECONDS = 120;

    private final Path folder;
    private final Path errors;

    /**
     * The tags of the repository that the folder is in.
     *
     * @param errors a file for what git complains about
     */
    GitTags(Path folder, Path errors) {
        this.folder = folder;
        this.errors = errors;
    }

    /**
     * The tags that match, oldest version first.
     *
     * @param pattern as git has it, for example {@code v*}
     * @throws InvalidSettingException if there is none, or no repository, or no git
     */
    List<String> matching(String pattern) {
        List<String> tags =
                text("tag", "--list", pattern, "--sort=version:refname").lines().toList();
        if (tags.isEmpty()) {
            throw new InvalidSettingException(
                    "No tag of the repository of " + folder + " matches '" + pattern + "'.",
                    "Correct --tags; 'git tag' lists them. A pipeline may have to fetch them: git fetch --tags.");
        }
        return tags;
    }

    /** Writes the folder's files as they stood at a tag into another folder; none, if the folder was not there yet. */
    void extract(String tag, Path target) {
        if (text("ls-tree", "-r", "--name-only", tag, ".").isBlank()) {
            return;
        }
        Process process = start("archive", "--format=zip", tag, ".");
        try (InputStream out = process.getInputStream();
                ZipInputStream zip = new ZipInputStream(new BufferedInputStream(out))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!entry.isDirectory() && file.startsWith(target)) {
                    Files.createDirectories(Objects.requireNonNull(file.getParent()));
                    Files.copy(zip, file);
                }
            }
            out.readAllBytes();
        } catch (IOException e) {
            throw failed("archive " + tag, String.valueOf(e.getMessage()));
        }
        end(process, "archive " + tag);
    }

    private String text(String... arguments) {
        Process process = start(arguments);
        try (InputStream out = process.getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            end(process, String.join(" ", arguments));
            return text;
        } catch (IOException e) {
            throw failed(String.join(" ", arguments), String.valueOf(e.getMessage()));
        }
    }

    private Process start(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.PIPE)
                    .redirectError(errors.toFile())
                    .start();
        } catch (IOException e) {
            throw new InvalidSettingException(
                    "git cannot be started: " + e.getMessage() + ".", "Install it, or leave out --tags.");
        }
    }

    private void end(Process process, String what) {
        try {
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                process.destroy();
                throw failed(what, "it did not end");
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw failed(what, "it was interrupted");
        }
        if (process.exitValue() != 0) {
            throw failed(what, complaint());
        }
    }

    private String complaint() {
        try {
            return Files.readString(errors).lines().findFirst().orElse("it does not say why");
        } catch (IOException e) {
            return "it does not say why";
        }
    }

    private InvalidSettingException failed(String what, String why) {
        return new InvalidSettingException(
                "git " + what + " failed in " + folder + ": " + why + ".",
                "The migration files have to be in a Git repository with its tags; or leave out --tags.");
    }
}
