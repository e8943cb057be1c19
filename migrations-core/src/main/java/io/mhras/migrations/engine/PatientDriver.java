package io.mhras.migrations.engine;

import io.mhras.migrations.DatabaseHealth;
import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationActivity;
import io.mhras.migrations.MigrationDriver;
import io.mhras.migrations.MigrationException.DatabaseUnavailable;
import io.mhras.migrations.MigrationException.TimedOut;
import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationPreview;
import io.mhras.migrations.MigrationSession;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.ScriptLanguage;
import io.mhras.migrations.TableReader;
import io.mhras.migrations.VerificationResult;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A driver that tries again, for a limited time from its first attempt on, while its database is not up yet. */
final class PatientDriver implements MigrationDriver {

    private static final Logger log = LoggerFactory.getLogger(PatientDriver.class);
    private static final long LOG_EVERY_NANOS = 10_000_000_000L;

    private final MigrationDriver driver;
    private final Duration limit;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile long begun;

    PatientDriver(MigrationDriver driver, Duration limit) {
        this.driver = driver;
        this.limit = limit;
    }

    private <T> T reached(Supplier<T> question) {
        long now = System.nanoTime();
        begun = begun == 0 ? now : begun;
        long nextLine = now;
        for (int attempt = 1; ; attempt++) {
            try {
                return question.get();
            } catch (DatabaseUnavailable e) {
                Duration elapsed = Duration.ofNanos(System.nanoTime() - begun);
                boolean isInTime = elapsed.compareTo(limit) < 0;
                if (!e.isNotUpYet() || (attempt == 1 && !isInTime)) {
                    throw e;
                }
                if (!isInTime) {
                    throw new DatabaseUnavailable(
                            e.problem() + "\nTried again for " + elapsed.toSeconds() + " s.", e.remedy(), e);
                }
                if (System.nanoTime() - nextLine >= 0) {
                    nextLine = System.nanoTime() + LOG_EVERY_NANOS;
                    log.warn("Migrations of {}: {} Trying again for {} s", database(), e.problem(), limit.toSeconds());
                }
                pause();
            }
        }
    }

    private void pause() {
        try {
            if (!stop.await(ThreadLocalRandom.current().nextLong(100, 500), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new TimedOut("The wait for the database was interrupted; nothing was done.", "Start again.");
    }

    /** Nobody is to wait any more. */
    void stop() {
        stop.countDown();
    }

    @Override
    public DatabaseKind kind() {
        return driver.kind();
    }

    @Override
    public String database() {
        return driver.database();
    }

    @Override
    public MigrationDriver named(String name) {
        return new PatientDriver(driver.named(name), limit);
    }

    @Override
    public Optional<String> identity() {
        return reached(driver::identity);
    }

    @Override
    public String application() {
        return driver.application();
    }

    @Override
    public String historyOfItsOwn() {
        return driver.historyOfItsOwn();
    }

    @Override
    public ScriptLanguage language() {
        return driver.language();
    }

    @Override
    public boolean runsCode() {
        return driver.runsCode();
    }

    @Override
    public Optional<HistoryEntry> newest() {
        return reached(driver::newest);
    }

    @Override
    public List<HistoryEntry> entries() {
        return reached(driver::entries);
    }

    @Override
    public Map<MigrationVersion, KeptScripts> scripts(Collection<MigrationVersion> versions) {
        return reached(() -> driver.scripts(versions));
    }

    @Override
    public List<HistoryEntry> inDoubt() {
        return reached(driver::inDoubt);
    }

    @Override
    public Optional<MigrationActivity> activity() {
        return reached(driver::activity);
    }

    @Override
    public Optional<DatabaseHealth> health() {
        return reached(driver::health);
    }

    @Override
    public TableReader tables() {
        return reached(driver::tables);
    }

    @Override
    public MigrationPreview preview(MigrationPlan plan) {
        return reached(() -> driver.preview(plan));
    }

    /** Not again from the beginning once a check was told of. */
    @Override
    public void verify(List<Migration> migrations, Duration timeout, Consumer<VerificationResult.Check> results) {
        reached(driver::newest);
        driver.verify(migrations, timeout, results);
    }

    @Override
    public boolean watchesStructure() {
        return driver.watchesStructure();
    }

    @Override
    public Optional<String> structure() {
        return reached(driver::structure);
    }

    @Override
    public boolean isBlank() {
        return reached(driver::isBlank);
    }

    @Override
    public List<String> cleanable() {
        return reached(driver::cleanable);
    }

    @Override
    public Optional<MigrationSession> open(MigrationSession.Observer observer, Predicate<HistoryEntry> isDone) {
        return reached(() -> driver.open(observer, isDone));
    }
}
