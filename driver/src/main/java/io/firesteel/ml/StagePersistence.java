package io.firesteel.ml;

import io.firesteel.modelfile.SavedModel;
import java.io.IOException;
import java.util.function.BiFunction;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import scala.Option;

/**
 * A Spark ML model on disk: Spark's {@code metadata} with the Params, and next to it the folder {@code net} of a
 * {@link SavedModel}.
 */
final class StagePersistence {
    static final String NET = "net";

    private StagePersistence() {}

    static final class Writer extends MLWriter {
        private final Params stage;
        private final SavedModel model;

        Writer(Params stage, SavedModel model) {
            this.stage = stage;
            this.model = model;
        }

        @SuppressWarnings("deprecation") // the overload with a SparkContext exists in Spark 3.5, too
        @Override
        public void saveImpl(String path) {
            DefaultParamsWriter$.MODULE$.saveMetadata(stage, path, sc(), Option.empty(), Option.empty());
            try {
                model.save(path + "/" + NET);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    static final class Reader<T extends Params> extends MLReader<T> {
        private final Class<T> type;
        private final BiFunction<String, SavedModel, T> make;

        Reader(Class<T> type, BiFunction<String, SavedModel, T> make) {
            this.type = type;
            this.make = make;
        }

        @SuppressWarnings("deprecation") // the overload with a SparkContext exists in Spark 3.5, too
        @Override
        public T load(String path) {
            DefaultParamsReader.Metadata metadata =
                    DefaultParamsReader$.MODULE$.loadMetadata(path, sc(), type.getName());
            try {
                T stage = make.apply(metadata.uid(), SavedModel.load(path + "/" + NET));
                metadata.getAndSetParams(stage, Option.empty());
                return stage;
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
