package io.firesteel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.model.ModelSpec;
import io.firesteel.row.RowSchema;
import io.firesteel.source.Source;
import io.firesteel.spec.SpecException;
import io.firesteel.spec.Specs;
import java.io.IOException;
import picocli.CommandLine.Option;

/** {@code --data SPEC}, shared by the commands that use a saved model. */
final class DataOption {
    @Option(
            names = "--data",
            required = true,
            paramLabel = "SPEC",
            description = "a source as JSON, {\"type\":\"Idx\",...}, or a file with one; of a run file, its data.test "
                    + "is used; "
                    + "predict also takes a table, NAME.csv or NAME.parquet")
    private String spec;

    /** The text as given. */
    String spec() {
        return spec;
    }

    /** The source; checks that its rows fit the model. */
    Source source(ModelSpec model) throws IOException {
        Source source = read().like(model.input(), model.classes()).with(model.columns());
        RowSchema schema = source.schema();
        if (model.columns() == null && schema.columns() != null)
            System.err.println("firesteel: the model has no names of columns; those of --data are taken by place, "
                    + schema.columns().names());
        if (!schema.shape().equals(model.input()) || schema.targets() != model.targets())
            throw new SpecException("--data: rows of [" + schema.shape() + "] with " + schema.targets()
                    + " targets, the model takes [" + model.input() + "] with " + model.targets()
                    + "; give data of the kind it was trained on");
        return source;
    }

    /** Relative paths are resolved against the folder of the file, or, in inline JSON, against the working folder. */
    private Source read() throws IOException {
        if (spec.stripLeading().startsWith("{"))
            return Specs.read("--data", Specs.parse("--data", spec), Source.class)
                    .under("");
        JsonNode tree;
        try {
            tree = Specs.parse(spec, HadoopFiles.text(spec));
        } catch (SpecException e) {
            throw new SpecException(
                    e.getMessage() + "; --data is a source as JSON, a file with one, or, for predict, a "
                            + "table whose name ends with .csv, .csv.gz or .parquet",
                    e);
        }
        if (tree.at("/data/test").isObject()) tree = tree.at("/data/test");
        return Specs.read(spec, tree, Source.class).under(HadoopFiles.folder(spec));
    }
}
