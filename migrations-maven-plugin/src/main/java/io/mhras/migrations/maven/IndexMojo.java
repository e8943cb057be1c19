package io.mhras.migrations.maven;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.source.MigrationIndexer;
import java.io.File;
import java.io.IOException;
import java.util.List;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Makes the index of the migrations. Fails the build where one of them would fail the start. */
@Mojo(name = "index", defaultPhase = LifecyclePhase.PROCESS_CLASSES, threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven sets the fields.
public final class IndexMojo extends AbstractMojo {

    /** Where the build puts classes and resources. */
    @Parameter(defaultValue = "${project.build.outputDirectory}", required = true)
    File classes;

    /** The folders in there that have migrations, with all that is below them. */
    @Parameter(defaultValue = "db/migration", required = true)
    List<String> folders;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        try {
            int count = MigrationIndexer.write(classes.toPath(), folders);
            getLog().info("Files of migrations in the index: " + count);
        } catch (MigrationException e) {
            throw new MojoFailureException(e.getMessage(), e);
        } catch (IOException e) {
            throw new MojoExecutionException("The index of the migrations cannot be made: " + e.getMessage(), e);
        }
    }
}
