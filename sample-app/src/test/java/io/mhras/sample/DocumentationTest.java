package io.mhras.sample;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.autoconfigure.MigrationsProperties;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the README and the pages in {@code docs} point to is there, and the settings in the README are the real ones. */
final class DocumentationTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path README = ROOT.resolve("README.md");
    private static final int README_LIMIT_BYTES = 16 * 1024;

    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern SETTINGS = Pattern.compile("(?ms)^```yaml\n(mhras:.*?)^```$");

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"));
                Stream<Path> top = Files.list(ROOT)) {
            return Stream.concat(top, docs).filter(file -> file.toString().endsWith(".md")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(Path page) throws IOException {
        List<String> broken = new ArrayList<>();
        for (String link : links(page)) {
            if (!link.matches("[a-z]+:.*") && !leadsSomewhere(page, link)) {
                broken.add(link);
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void theReadmeLinksToEveryPage() throws IOException {
        Set<Path> linked = new HashSet<>();
        for (String link : links(README)) {
            linked.add(ROOT.resolve(link.replaceFirst("#.*", "")).normalize());
        }
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            assertThat(docs).isNotEmpty().allMatch(linked::contains);
        }
    }

    @Test
    void theReadmeIsShort() throws IOException {
        assertThat(Files.size(README)).isLessThanOrEqualTo(README_LIMIT_BYTES);
    }

    @Test
    void theReadmeHasEverySetting() throws IOException {
        String all = settings().replaceAll("(?m)^( *)# (?=[a-z-]+: )", "$1");

        Set<String> shown = Stream.of(source(all))
                .flatMap(source -> Stream.of(names(source)))
                .map(name -> name.replaceFirst("(\\.placeholders|\\.databases)\\..*", "$1"))
                .collect(toSet());

        assertThat(new TreeSet<>(shown)).isEqualTo(new TreeSet<>(settingsThereAre()));
    }

    @Test
    void whatTheReadmeSetsAreTheDefaults() throws IOException {
        Binder shown = new Binder(ConfigurationPropertySources.from(source(settings())));
        Binder none = new Binder(Collections.emptyList());
        Bindable<MigrationsProperties> properties = Bindable.of(MigrationsProperties.class);

        assertThat(shown.bindOrCreate("mhras.migrations", properties))
                .isEqualTo(none.bindOrCreate("mhras.migrations", properties));
    }

    private static boolean leadsSomewhere(Path page, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
    }

    private static List<String> links(Path page) throws IOException {
        return LINK.matcher(textOf(page)).results().map(link -> link.group(1)).toList();
    }

    /** As GitHub makes them of headings. */
    private static Set<String> anchors(Path page) throws IOException {
        Set<String> anchors = new HashSet<>();
        Matcher heading = HEADING.matcher(textOf(page));
        while (heading.find()) {
            anchors.add(heading.group(1)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-'));
        }
        return anchors;
    }

    private static String textOf(Path page) throws IOException {
        return CODE_BLOCK.matcher(Files.readString(page)).replaceAll("");
    }

    private static String settings() throws IOException {
        Matcher settings = SETTINGS.matcher(Files.readString(README));
        assertThat(settings.find()).isTrue();
        return settings.group(1);
    }

    private static PropertySource<?> source(String yaml) throws IOException {
        return new YamlPropertySourceLoader()
                .load("README", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
                .get(0);
    }

    private static String[] names(PropertySource<?> source) {
        return ((EnumerablePropertySource<?>) source).getPropertyNames();
    }

    /** What the build has written down for IDEs. */
    private static Set<String> settingsThereAre() throws IOException {
        Set<String> names = new HashSet<>();
        String file = "META-INF/spring-configuration-metadata.json";
        for (URL url : Collections.list(DocumentationTest.class.getClassLoader().getResources(file))) {
            try (InputStream in = url.openStream()) {
                for (JsonNode property : JsonMapper.shared().readTree(in).path("properties")) {
                    names.add(property.path("name").asString());
                }
            }
        }
        names.removeIf(name -> !name.startsWith("mhras.migrations."));
        return names;
    }
}
