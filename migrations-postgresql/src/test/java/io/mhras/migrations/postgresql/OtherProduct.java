package io.mhras.migrations.postgresql;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** A data source of a database that is not PostgreSQL: all that is asked of it is its name. */
final class OtherProduct {

    private OtherProduct() {}

    static DataSource dataSource() {
        DatabaseMetaData metaData = proxy(DatabaseMetaData.class, "OtherProduct");
        Connection connection = proxy(Connection.class, metaData);
        return new AbstractDataSource() {
            @Override
            public Connection getConnection() {
                return connection;
            }

            @Override
            public Connection getConnection(String username, String password) {
                return connection;
            }
        };
    }

    private static <T> T proxy(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> method.getName().equals("close") ? null : answer));
    }
}
