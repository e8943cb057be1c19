package io.mhras.migrations.jpa;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.hibernate.Version;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.MetadataImplementor;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.cfg.SchemaToolingSettings;
import org.hibernate.engine.config.spi.ConfigurationService;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.service.ServiceRegistry;
import org.hibernate.tool.schema.SourceType;
import org.hibernate.tool.schema.TargetType;
import org.hibernate.tool.schema.spi.ContributableMatcher;
import org.hibernate.tool.schema.spi.SchemaManagementTool;
import org.hibernate.tool.schema.spi.SchemaManagementToolCoordinator;
import org.hibernate.tool.schema.spi.ScriptSourceInput;
import org.hibernate.tool.schema.spi.ScriptTargetOutput;
import org.hibernate.tool.schema.spi.SourceDescriptor;
import org.hibernate.tool.schema.spi.TargetDescriptor;
import org.jspecify.annotations.Nullable;

/** Has Hibernate write what it would make for entities. It needs no connection for that. */
public final class EntityDdl {

    private EntityDdl() {}

    /**
     * Reads a session factory that was made while {@link SessionFactories#keep} was in force.
     *
     * @throws IllegalStateException if it was not
     */
    public static EntitySchema of(SessionFactoryImplementor factory) {
        Metadata metadata = SessionFactories.metadataOf(factory);
        if (metadata == null) {
            throw new IllegalStateException("The session factory was made before anybody asked for its entities");
        }
        List<String> statements = new ArrayList<>();
        write((MetadataImplementor) metadata, statements::add);
        return new EntitySchema(
                factory.getName() == null ? "default" : factory.getName(),
                metadata.getEntityBindings().size(),
                (int) metadata.getEntityBindings().stream()
                        .map(PersistentClass::getClassName)
                        .map(EntityDdl::packageOf)
                        .distinct()
                        .count(),
                Version.getVersionString().replaceFirst("\\.Final$", ""),
                statements.stream().filter(EntityDdl::isSchema).toList());
    }

    private static String packageOf(@Nullable String className) {
        return className == null || className.lastIndexOf('.') < 0
                ? ""
                : className.substring(0, className.lastIndexOf('.'));
    }

    /**
     * No rows: those are for a database in memory. Nor casts, which Hibernate makes for an enum type: they would change what
     * expressions mean in the whole database.
     */
    private static boolean isSchema(String statement) {
        String lower = statement.toLowerCase(Locale.ROOT);
        return !lower.startsWith("insert ") && !lower.startsWith("create cast ");
    }

    private static void write(MetadataImplementor metadata, Consumer<String> statements) {
        // Otherwise the order of a composite key's columns depends on what else the service has set.
        metadata.orderColumns(true);
        ServiceRegistry registry = metadata.getMetadataBuildingOptions().getServiceRegistry();
        Map<String, Object> settings = new HashMap<>(
                registry.requireService(ConfigurationService.class).getSettings());
        settings.put(SchemaToolingSettings.JAKARTA_HBM2DDL_CREATE_SCHEMAS, "true");
        settings.put(SchemaToolingSettings.HBM2DDL_SKIP_DEFAULT_IMPORT_FILE, "true");
        settings.put("hibernate.hbm2ddl.import_files", "");
        settings.put(SchemaToolingSettings.HBM2DDL_DELIMITER, "");
        settings.put(JdbcSettings.FORMAT_SQL, "false");
        registry.requireService(SchemaManagementTool.class)
                .getSchemaCreator(settings)
                .doCreation(
                        metadata,
                        SchemaManagementToolCoordinator.buildExecutionOptions(settings, problem -> {
                            throw problem;
                        }),
                        ContributableMatcher.ALL,
                        new OfMetadata(),
                        new ToList(statements));
    }

    private static final class OfMetadata implements SourceDescriptor {

        @Override
        public SourceType getSourceType() {
            return SourceType.METADATA;
        }

        @Override
        public @Nullable ScriptSourceInput getScriptSourceInput() {
            return null;
        }
    }

    private record ToList(Consumer<String> statements) implements TargetDescriptor, ScriptTargetOutput {

        @Override
        public EnumSet<TargetType> getTargetTypes() {
            return EnumSet.of(TargetType.SCRIPT);
        }

        @Override
        public ScriptTargetOutput getScriptTargetOutput() {
            return this;
        }

        @Override
        public void prepare() {
            // A list is ready.
        }

        @Override
        public void accept(String command) {
            statements.accept(command.strip().replaceFirst(";$", ""));
        }

        @Override
        public void release() {
            // Nothing is held.
        }
    }
}
