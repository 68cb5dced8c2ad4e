package io.schap.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs {@code bin/schap} itself in a made-up checkout, whose {@code java} prints its arguments and whose {@code mvn} makes
 * a jar: what the script decides is seen, and no build is run.
 */
@Timeout(60)
final class LauncherTest {

    @TempDir
    private Path root;

    private Path home;
    private Path jdk;
    private Path tools;

    private record Run(int status, String out, String err) {}

    @BeforeEach
    void makeCheckout() throws IOException {
        home = Files.createDirectories(root.resolve("a checkout"));
        final Path real = Path.of("").toAbsolutePath().getParent();
        Files.createDirectories(home.resolve("bin"));
        Files.copy(real.resolve("bin/schap"), home.resolve("bin/schap"));
        for (final String source : List.of("engine/src/main/A.java", "gateway/src/main/B.java")) {
            write(home.resolve(source), "class A {}");
        }
        for (final String pom : List.of("pom.xml", "engine/pom.xml", "gateway/pom.xml", "config/jvm.options")) {
            write(home.resolve(pom), "");
        }
        jdk = makeJdk("jdk", "17.0.15");
        tools = Files.createDirectories(root.resolve("tools"));
        script(
                tools.resolve("mvn"),
                "echo \"mvn $*\" >>'" + root.resolve("mvn.log") + "'",
                "[ ! -e '" + root.resolve("broken") + "' ] || { echo 'does not compile'; exit 1; }",
                "[ ! -e '" + root.resolve("editing") + "' ] || touch engine/src/main/A.java",
                "[ ! -e '" + root.resolve("unchanged") + "' ] || exit 0",
                "mkdir -p gateway/target && echo jar >gateway/target/schap.jar");
    }

    @Test
    void shouldBuildOnFirstUseOnlyAndSaySoOnStandardError() throws IOException, InterruptedException {
        final Run first = run(List.of("stat", "--data", "x"));
        assertEquals(0, first.status(), first.err());
        assertTrue(first.err().contains("schap: building"), first.err());
        assertTrue(first.out().strip().endsWith("stat\n--data\nx"), first.out());
        final Run second = run(List.of("stat"));
        assertEquals("", second.err());
        assertEquals(1, builds());
    }

    @Test
    void shouldBuildAgainWhenASourceIsNewerThanTheJar() throws IOException, InterruptedException {
        run(List.of("stat"));
        final Path source = home.resolve("engine/src/main/A.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        run(List.of("stat"));
        assertEquals(2, builds());
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().minusSeconds(600)));
        run(List.of("stat"));
        assertEquals(2, builds());
    }

    @Test
    void shouldBuildAgainWhatWasSavedDuringTheBuild() throws IOException, InterruptedException {
        write(root.resolve("editing"), "");
        run(List.of("stat"));
        Files.delete(root.resolve("editing"));
        run(List.of("stat"));
        assertEquals(2, builds());
        run(List.of("stat"));
        assertEquals(2, builds());
    }

    @Test
    void shouldNotBuildForEverWhenMavenFindsNothingToDo() throws IOException, InterruptedException {
        run(List.of("stat"));
        write(root.resolve("unchanged"), "");
        Files.setLastModifiedTime(home.resolve("pom.xml"), FileTime.from(Instant.now()));
        run(List.of("stat"));
        run(List.of("stat"));
        assertEquals(2, builds());
    }

    @Test
    void shouldBuildNothingWhereItWasInstalled() throws IOException, InterruptedException {
        write(home.resolve("schap.jar"), "jar");
        final Run run = run(List.of("stat"));
        assertEquals(0, run.status(), run.err());
        assertEquals("", run.err());
        assertTrue(run.out().contains(home.resolve("schap.jar").toString()), run.out());
        assertFalse(Files.exists(root.resolve("mvn.log")));
    }

    @Test
    void shouldRunNothingWhenTheBuildFails() throws IOException, InterruptedException {
        write(root.resolve("broken"), "");
        final Run run = run(List.of("stat"));
        assertEquals(2, run.status());
        assertEquals("", run.out());
        assertTrue(run.err().contains("does not compile") && run.err().contains("the build failed"), run.err());
    }

    @Test
    void shouldPassArgumentsAsTheyAreAndTheOptionsOfTheCheckout() throws IOException, InterruptedException {
        final Run run = run(List.of("serve", "--data", "with  two spaces", "*"));
        final List<String> arguments = run.out().lines().toList();
        assertTrue(arguments.contains("@" + home.toRealPath().resolve("config/jvm.options")), run.out());
        assertTrue(arguments.contains("@" + home.toRealPath().resolve("config/server.options")), run.out());
        final int jar = arguments.indexOf("-jar");
        assertEquals(List.of("serve", "--data", "with  two spaces", "*"), arguments.subList(jar + 2, arguments.size()));
    }

    @Test
    void shouldPassOnFurtherFlagsOfTheUser() throws IOException, InterruptedException {
        final Run run = run(home.resolve("bin/schap"), List.of("serve"), Map.of("SCHAP_JAVA_OPTS", "-Xmx8g -Dx=1"));
        assertTrue(run.out().contains("\n-Xmx8g\n-Dx=1\n-jar\n"), run.out());
    }

    @Test
    void shouldRunServersAsServersAndTheRestLight() throws IOException, InterruptedException {
        for (final String command : List.of("serve", "demo", "prove", "journal")) {
            final String out = run(List.of(command)).out();
            assertTrue(out.contains("server.options") && !out.contains("UseSerialGC"), out);
            assertEquals(command.equals("prove"), out.contains("-XX:TieredStopAtLevel=1"), out);
        }
        for (final String command : List.of("stat", "import", "--help")) {
            final String out = run(List.of(command)).out();
            assertTrue(out.contains("-XX:+UseSerialGC") && !out.contains("server.options"), out);
        }
    }

    @Test
    void shouldWorkThroughSymbolicLinks() throws IOException, InterruptedException {
        final Path inner = Files.createSymbolicLink(home.resolve("bin/inner"), Path.of("schap"));
        final Path outer = Files.createSymbolicLink(root.resolve("outer"), inner);
        final Run run = run(outer, List.of("stat"), Map.of());
        assertEquals(0, run.status(), run.err());
        assertTrue(run.out().contains(home.toRealPath() + "/gateway/target/schap.jar"), run.out());
    }

    @Test
    void shouldEndWithTheStatusOfTheProgram() throws IOException, InterruptedException {
        script(jdk.resolve("bin/java"), "exit 7");
        assertEquals(7, run(List.of("stat")).status());
    }

    @Test
    void shouldFallBackToTheJavaOnThePathWhenJavaHomeIsTooOld() throws IOException, InterruptedException {
        final Path old = makeJdk("old", "11.0.2");
        Files.createSymbolicLink(tools.resolve("java"), jdk.resolve("bin/java"));
        final Run run = run(home.resolve("bin/schap"), List.of("stat"), Map.of("JAVA_HOME", old.toString()));
        assertEquals(0, run.status(), run.err());
        assertTrue(run.err().contains("is version 11"), run.err());
    }

    @Test
    void shouldSayWhatIsMissingWhenThereIsNoJavaNewEnough() throws IOException, InterruptedException {
        final Path old = makeJdk("old", "1.8.0_392");
        script(tools.resolve("java"), "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");
        final Run run = run(home.resolve("bin/schap"), List.of("stat"), Map.of("JAVA_HOME", old.toString()));
        assertEquals(2, run.status());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().contains("needs a JDK, version 17 or later"), run.err());
        assertTrue(run.err().contains("The java on PATH is version 11."), run.err());
        assertFalse(Files.exists(root.resolve("mvn.log")));
    }

    private Path makeJdk(final String name, final String version) throws IOException {
        final Path made = root.resolve(name);
        script(made.resolve("bin/java"), "printf '%s\\n' \"$@\"");
        script(made.resolve("bin/javac"), "exit 0");
        write(made.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        return made;
    }

    private long builds() throws IOException {
        return Files.readAllLines(root.resolve("mvn.log")).size();
    }

    private Run run(final List<String> arguments) throws IOException, InterruptedException {
        return run(home.resolve("bin/schap"), arguments, Map.of());
    }

    private Run run(final Path launcher, final List<String> arguments, final Map<String, String> environment)
            throws IOException, InterruptedException {
        final List<String> command = new java.util.ArrayList<>(List.of(launcher.toString()));
        command.addAll(arguments);
        final Path out = root.resolve("out.txt");
        final Path err = root.resolve("err.txt");
        final ProcessBuilder builder = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().put("PATH", tools + ":/usr/bin:/bin");
        builder.environment().putAll(environment);
        final Process process = builder.start();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "the script did not end");
        return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static void write(final Path file, final String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.UTF_8);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(600)));
    }

    private static void script(final Path file, final String... lines) throws IOException {
        write(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
