package io.firesteel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.data.Header;
import io.firesteel.data.Source;
import io.firesteel.data.Storage;
import io.firesteel.model.Model;
import io.firesteel.spec.SpecException;
import io.firesteel.spec.Specs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Option;

/** {@code --data SPEC}, shared by the commands that use a saved model. */
final class DataOption {
    @Option(
            names = "--data",
            required = true,
            paramLabel = "SPEC",
            description = "a source as JSON, {\"type\":\"Idx\",...}, or a file with one; in a run file its data.test; "
                    + "predict also takes a table, NAME.csv or NAME.parquet")
    private String spec;

    /** As it was given. */
    String spec() {
        return spec;
    }

    /** The source, whose rows fit the model. */
    Source source(Model model) throws IOException {
        Source source = read().like(model.input(), model.classes());
        Header header = source.header();
        if (!header.shape().equals(model.input()) || header.targets() != model.targets())
            throw new SpecException(
                    "--data: rows of [" + header.shape() + "] with " + header.targets() + " targets, the model takes ["
                            + model.input() + "] with " + model.targets() + "; take the data it was made for");
        return source;
    }

    /** Relative paths in a file are seen from its folder, in plain JSON from the working folder. */
    private Source read() throws IOException {
        if (spec.stripLeading().startsWith("{"))
            return Specs.read("--data", Specs.parse("--data", spec), Source.class)
                    .under("");
        try (InputStream in = Storage.open(spec)) {
            JsonNode tree = Specs.parse(spec, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            if (tree.at("/data/test").isObject()) tree = tree.at("/data/test");
            return Specs.read(spec, tree, Source.class).under(Storage.folder(spec));
        }
    }
}
