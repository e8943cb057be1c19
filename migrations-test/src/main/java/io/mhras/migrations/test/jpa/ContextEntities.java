package io.mhras.migrations.test.jpa;

import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.jpa.EntityDdl;
import io.mhras.migrations.jpa.EntitySchema;
import io.mhras.migrations.test.EntitySource;
import io.mhras.migrations.test.TestDatabase;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.hibernate.engine.jdbc.connections.spi.JdbcConnectionAccess;
import org.hibernate.engine.jdbc.spi.JdbcServices;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.springframework.beans.factory.ListableBeanFactory;

/** The entities of all session factories of a context. */
record ContextEntities(ListableBeanFactory beans) implements EntitySource {

    @Override
    public List<EntitySchema> of(TestDatabase database) {
        List<EntitySchema> schemas = beans.getBeanProvider(EntityManagerFactory.class).stream()
                .map(factory -> factory.unwrap(SessionFactoryImplementor.class))
                .filter(factory -> isOf(factory, database))
                .map(EntityDdl::of)
                .toList();
        if (schemas.isEmpty()) {
            throw new Refused(
                    "The Spring context of the test has no entities in the database "
                            + (database.name().isEmpty() ? "of @MigratedDatabase." : "'" + database.name() + "'."),
                    "Let the test start the part of the service that has them, with @JpaMigrationTest or @SpringBootTest.");
        }
        return schemas;
    }

    private static boolean isOf(SessionFactoryImplementor factory, TestDatabase database) {
        JdbcConnectionAccess access =
                factory.getServiceRegistry().requireService(JdbcServices.class).getBootstrapJdbcConnectionAccess();
        try {
            Connection connection = access.obtainConnection();
            try {
                return database.url().matches(".*/" + connection.getCatalog() + "(?:\\?.*)?");
            } finally {
                access.releaseConnection(connection);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "It cannot be told to which database entities belong: " + e.getMessage(), e);
        }
    }
}
