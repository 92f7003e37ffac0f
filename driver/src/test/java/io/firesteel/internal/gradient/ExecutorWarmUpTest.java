package io.firesteel.internal.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.firesteel.Fixture;
import io.firesteel.model.CompiledModel;
import io.firesteel.train.SparkDefaults;
import java.lang.reflect.Method;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.junit.jupiter.api.Test;

class ExecutorWarmUpTest {
    @Test
    void anExecutorHasLoadedWhatAStepNeedsBeforeItsFirstTask() {
        assertEquals(List.of(true), isLoaded("spark.plugins", ExecutorWarmUp.class.getName()));
        assertEquals(List.of(false), isLoaded());
    }

    @Test
    void pluginsOfTheUserStayBesideIt() {
        SparkConf conf = new SparkConf(false).set("spark.plugins", "one.Plugin,another.Plugin");
        SparkDefaults.apply(conf, 1, 1);
        assertEquals(
                "one.Plugin,another.Plugin", conf.get("spark.plugins"), "without jars that executors could find it in");
        SparkDefaults.apply(conf.set("spark.jars", "firesteel.jar"), 1, 1);
        assertEquals("one.Plugin,another.Plugin," + ExecutorWarmUp.class.getName(), conf.get("spark.plugins"));
    }

    private static List<Boolean> isLoaded(String... settings) {
        String[] all = new String[settings.length + 2];
        System.arraycopy(settings, 0, all, 0, settings.length);
        all[settings.length] = "spark.executor.extraClassPath";
        all[settings.length + 1] = System.getProperty("java.class.path");
        try (JavaSparkContext spark = Fixture.spark("local-cluster[1,1,1024]", all)) {
            return spark.parallelize(List.of(CompiledModel.class.getName()), 1)
                    .map(new IsLoaded())
                    .collect();
        }
    }

    /** Whether the process has loaded a class; asking does not load it. */
    private static final class IsLoaded implements Function<String, Boolean> {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean call(String name) throws ReflectiveOperationException {
            Method found = ClassLoader.class.getDeclaredMethod("findLoadedClass", String.class);
            found.setAccessible(true);
            return found.invoke(IsLoaded.class.getClassLoader(), name) != null;
        }
    }
}
