package io.mhras.migrations.test.units;

import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;

/** The service: each unit is made by hand, so that Spring Boot knows nothing of their settings. */
@SpringBootConfiguration
@EnableAutoConfiguration(exclude = {HibernateJpaAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class})
class TwoUnits {

    @Bean
    LocalContainerEntityManagerFactoryBean clinicUnit(DataSource dataSource) {
        return unit("clinic", dataSource, Map.of("hibernate.globally_quoted_identifiers", "true"));
    }

    @Bean
    LocalContainerEntityManagerFactoryBean billingUnit(Environment environment) {
        DataSource billing = DataSourceBuilder.create()
                .url(environment.getRequiredProperty("mhras.migrations.databases.billing.url"))
                .username(environment.getProperty("mhras.migrations.databases.billing.username"))
                .password(environment.getProperty("mhras.migrations.databases.billing.password"))
                .build();
        return unit(
                "billing",
                billing,
                Map.of(
                        "hibernate.physical_naming_strategy",
                        "org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl"));
    }

    private static LocalContainerEntityManagerFactoryBean unit(
            String name, DataSource dataSource, Map<String, String> settings) {
        LocalContainerEntityManagerFactoryBean unit = new LocalContainerEntityManagerFactoryBean();
        unit.setPersistenceUnitName(name);
        unit.setDataSource(dataSource);
        unit.setPackagesToScan(TwoUnits.class.getPackageName() + "." + name);
        unit.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        unit.setJpaPropertyMap(settings);
        return unit;
    }
}
