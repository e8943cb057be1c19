package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.cli.author.FromSchemaOptions;
import io.mhras.migrations.cli.author.PlanAnswer;
import io.mhras.migrations.cli.author.PlanText;
import io.mhras.migrations.cli.author.RenameAnswers;
import io.mhras.migrations.cli.connection.Cancellation;
import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.connection.ScratchWork;
import io.mhras.migrations.cli.report.Answer;
import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.schema.Draft;
import io.mhras.migrations.schema.MigrationAuthor;
import io.mhras.migrations.schema.Naming;
import io.mhras.migrations.schema.SchemaPlan;
import io.mhras.migrations.schema.SchemaSource;
import io.mhras.migrations.schema.WantedSchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/** Works from a wanted schema: for the verb that writes files, and for the one that checks. */
record FromSchema(FromSchemaOptions options, Database database, Answer answer, Cancellation cancellation) {

    /** Writes the files that lead to it. */
    ExitCode write(Naming naming) {
        return cancellable(() -> written(naming));
    }

    private ExitCode cancellable(Supplier<ExitCode> work) {
        try {
            return work.get();
        } catch (MigrationException e) {
            if (!cancellation.isCancelled()) {
                throw e;
            }
            return cancelled();
        }
    }

    private ExitCode cancelled() {
        answer.fail("Cancelled. Nothing was written.");
        return ExitCode.CANCELLED;
    }

    private ExitCode written(Naming naming) {
        WantedSchema wanted = WantedSchema.in(options.schema());
        MigrationSet set = database.loadIfAny();
        RenameAnswers renames = new RenameAnswers(
                options.plan(), answer.terminal().isInteractive() && !answer.isJson() ? answer.terminal() : null);
        Draft draft = run(author -> author.draft(set, wanted, options.plan().options(), renames, naming));
        if (cancellation.isCancelled()) {
            return cancelled();
        }
        renames.requireAllUsed();
        SchemaPlan plan = draft.plan();
        PlanText text = new PlanText(plan);
        if (!plan.questions().isEmpty()) {
            return unanswered(plan, renames.isGivenUp());
        }
        boolean isNothing = plan.parts().isEmpty() && draft.elsewhere().isEmpty();
        if (!answer.isJson() && !answer.isQuiet()) {
            answer.tell("Compared: " + count(set) + " with " + wanted.name());
            if (!plan.isEmpty()) {
                answer.tell("");
                answer.tell(text.changes());
                String hazards = text.hazards();
                if (!hazards.isEmpty()) {
                    answer.tell(hazards);
                }
            }
            draft.elsewhere()
                    .forEach(one -> answer.tell("The " + one.id() + " is made by " + one.file() + ". Change it there:\n"
                            + one.sql() + ";\n"));
            draft.notes().forEach(answer::tell);
        }
        if (plan.parts().isEmpty()) {
            return nothingToWrite(plan, wanted, isNothing, draft);
        }
        answer.tell("Proved on a scratch database: up gives " + wanted.name()
                + (plan.heldBack().isEmpty() ? "" : ", but for what is held back") + "; down gives what was before.");
        if (options.isPrinted() && answer.isJson()) {
            answer.printJson(PlanAnswer.of(plan, List.of(), notes(draft)));
            return ExitCode.DONE;
        }
        if (options.isPrinted()) {
            draft.files().forEach(file -> answer.print("-- " + file.name() + "\n" + file.text() + "\n"));
            return ExitCode.DONE;
        }
        NewFiles files = new NewFiles(database, set);
        if (!answer.isJson()) {
            return files.write(draft.files(), answer);
        }
        List<String> paths =
                files.write(draft.files()).stream().map(Path::toString).toList();
        answer.printJson(PlanAnswer.of(plan, paths, notes(draft)));
        return ExitCode.DONE;
    }

    private static String count(MigrationSet set) {
        int size = set.migrations().size();
        return size == 1 ? "1 migration" : size + " migrations";
    }

    private ExitCode nothingToWrite(SchemaPlan plan, WantedSchema wanted, boolean isNothing, Draft draft) {
        if (answer.isJson()) {
            answer.printJson(PlanAnswer.of(plan, List.of(), notes(draft)));
        } else if (plan.heldBack().isEmpty() && plan.unwritten().isEmpty() && isNothing) {
            answer.tell("The migrations make " + wanted.name() + ". Nothing was written.");
        } else {
            answer.tell("Nothing was written.");
        }
        return plan.unwritten().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static List<String> notes(Draft draft) {
        List<String> notes = new ArrayList<>(draft.notes());
        draft.elsewhere()
                .forEach(one -> notes.add("The " + one.id() + " is made by " + one.file() + ": change it there."));
        return notes;
    }

    private ExitCode unanswered(SchemaPlan plan, boolean isGivenUp) {
        if (answer.isJson()) {
            answer.printJson(PlanAnswer.of(plan, List.of(), RenameAnswers.unanswered(plan.questions())));
        } else if (isGivenUp) {
            answer.tell("Nothing was written.");
        } else {
            RenameAnswers.unanswered(plan.questions()).forEach(answer::tell);
            answer.tell("Nothing was written.");
        }
        return ExitCode.REFUSED;
    }

    /** Says whether the migrations make it; where they do not, what is missing. */
    ExitCode check() {
        return cancellable(this::checked);
    }

    private ExitCode checked() {
        options.requireNoFiles();
        WantedSchema wanted = WantedSchema.in(options.schema());
        MigrationSet set = database.loadIfAny();
        RenameAnswers renames = new RenameAnswers(options.plan(), null);
        SchemaPlan plan = run(author -> author.diff(
                new SchemaSource.Migrations("the migrations", set),
                new SchemaSource.Scripts(wanted),
                options.plan().options(),
                renames));
        if (cancellation.isCancelled()) {
            return cancelled();
        }
        renames.requireAllUsed();
        if (answer.isJson()) {
            answer.printJson(PlanAnswer.of(plan, null, List.of()));
        } else if (plan.isEmpty()) {
            if (!answer.isQuiet()) {
                answer.println("The migrations make " + wanted.name() + ".");
            }
        } else {
            PlanText text = new PlanText(plan);
            answer.print("The migrations do not make " + wanted.name() + ":\n" + text.changes());
            RenameAnswers.unanswered(plan.questions()).forEach(answer::println);
            if (!plan.parts().isEmpty()) {
                answer.print("\n" + text.sql());
            }
            answer.println("\nThis writes it: migrations new \"...\" --from-schema " + options.schema());
        }
        return plan.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private <T> T run(Function<MigrationAuthor, T> work) {
        ScratchWork scratch = database.scratchAnywhere(options.scratch());
        try (Cancellation.Run run = cancellation.begin(scratch.connection())) {
            Objects.requireNonNull(run);
            return work.apply(options.directed(new MigrationAuthor(
                    scratch.real(),
                    scratch.options(),
                    scratch.postgres(),
                    scratch.engine(),
                    options.patterns().filter(database.settings()))));
        }
    }
}
