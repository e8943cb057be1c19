package io.mhras.migrations.autoconfigure;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** In mode {@code apply-and-exit}, starts no web server and creates no bean that the migrations do not need. */
final class ApplyAndExitEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Binder binder = Binder.get(environment);
        boolean enabled = binder.bind("mhras.migrations.enabled", Boolean.class).orElse(true);
        boolean exits = binder.bind("mhras.migrations.mode", MigrationMode.class)
                .map(MigrationMode.APPLY_AND_EXIT::equals)
                .orElse(false);
        if (enabled && exits) {
            Map<String, Object> settings =
                    Map.of("spring.main.web-application-type", "none", "spring.main.lazy-initialization", "true");
            environment.getPropertySources().addFirst(new MapPropertySource("mhrasMigrationsApplyAndExit", settings));
        }
    }

    /** After the configuration files were read. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
