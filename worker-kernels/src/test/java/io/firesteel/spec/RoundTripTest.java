package io.firesteel.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.firesteel.array.Init;
import io.firesteel.array.Padding;
import io.firesteel.array.Shape;
import io.firesteel.array.Size2d;
import io.firesteel.layer.AveragePool2d;
import io.firesteel.layer.Conv2d;
import io.firesteel.layer.Dense;
import io.firesteel.layer.Dropout;
import io.firesteel.layer.Dropout2d;
import io.firesteel.layer.Elu;
import io.firesteel.layer.Flatten;
import io.firesteel.layer.Gelu;
import io.firesteel.layer.GlobalAveragePool2d;
import io.firesteel.layer.GroupNorm;
import io.firesteel.layer.Layer;
import io.firesteel.layer.LayerNorm;
import io.firesteel.layer.LeakyRelu;
import io.firesteel.layer.MaxPool2d;
import io.firesteel.layer.Relu;
import io.firesteel.layer.Reshape;
import io.firesteel.layer.Residual;
import io.firesteel.layer.Sequential;
import io.firesteel.layer.Sigmoid;
import io.firesteel.layer.Silu;
import io.firesteel.layer.Softmax;
import io.firesteel.layer.Softplus;
import io.firesteel.layer.Tanh;
import io.firesteel.layer.Upsample;
import io.firesteel.layer.ZeroPad2d;
import io.firesteel.loss.AbsoluteError;
import io.firesteel.loss.BinaryCrossEntropy;
import io.firesteel.loss.Huber;
import io.firesteel.loss.Loss;
import io.firesteel.loss.Poisson;
import io.firesteel.loss.Quantile;
import io.firesteel.loss.SoftmaxCrossEntropy;
import io.firesteel.loss.SquaredError;
import io.firesteel.model.ModelSpec;
import io.firesteel.model.Normalization;
import io.firesteel.optim.Adagrad;
import io.firesteel.optim.Adam;
import io.firesteel.optim.AdamW;
import io.firesteel.optim.Lamb;
import io.firesteel.optim.Lars;
import io.firesteel.optim.Lion;
import io.firesteel.optim.NAdam;
import io.firesteel.optim.Optimizer;
import io.firesteel.optim.RmsProp;
import io.firesteel.optim.Sgd;
import io.firesteel.schedule.AdaScale;
import io.firesteel.schedule.Constant;
import io.firesteel.schedule.Cosine;
import io.firesteel.schedule.Exponential;
import io.firesteel.schedule.OneCycle;
import io.firesteel.schedule.Polynomial;
import io.firesteel.schedule.Schedule;
import io.firesteel.schedule.Sequence;
import io.firesteel.schedule.Step;
import io.firesteel.schedule.WarmUp;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A record written as JSON text and read again is equal to itself; none of the values here is a default. */
class RoundTripTest {
    private static final Conv2d CONV =
            new Conv2d(7, Size2d.parse("3x5"), Size2d.parse("2x1"), Padding.parse("1x2"), false, new Init.Normal(0.25));

    @Test
    void everyLayer() {
        roundTrip(
                Layer.class,
                List.of(
                        new Sequential(CONV, new Sequential(new Relu())),
                        new Residual(List.of(CONV, new Residual(new Relu())), List.of(new Flatten())),
                        new Dense(3, false, new Init.He(1)),
                        CONV,
                        new MaxPool2d(Size2d.parse("2x3"), Size2d.of(4), Padding.SAME),
                        new AveragePool2d(Size2d.of(5), Size2d.parse("3x1"), Padding.of(2)),
                        new GlobalAveragePool2d(),
                        new ZeroPad2d(1, 2, 3, 4),
                        new Upsample(Size2d.parse("3x2")),
                        new Flatten(),
                        new Reshape(Shape.parse("2x3")),
                        new Relu(),
                        new Sigmoid(),
                        new Tanh(),
                        new LeakyRelu(0.3),
                        new Elu(0.5),
                        new Softplus(),
                        new Silu(),
                        new Gelu(true),
                        new Softmax(),
                        new Dropout(0.25),
                        new Dropout2d(0.125),
                        new LayerNorm(1e-3),
                        new GroupNorm(3, 1e-3)));
    }

    @Test
    void everyLoss() {
        roundTrip(
                Loss.class,
                List.of(
                        new SoftmaxCrossEntropy(0.1, List.of(1.5, 0.25)),
                        new SquaredError(),
                        new AbsoluteError(),
                        new Huber(0.25),
                        new Quantile(0.9),
                        new Poisson(),
                        new BinaryCrossEntropy()));
    }

    @Test
    void everyOptimizer() {
        roundTrip(
                Optimizer.class,
                List.of(
                        new Sgd(0.8, true),
                        new RmsProp(0.7, 1e-3),
                        new Adam(0.1, 0.2, 1e-3),
                        new AdamW(0.3, 0.4, 1e-30),
                        new Adagrad(1e-3),
                        new NAdam(0.3, 0.4, 1e-3, 0.1),
                        new Lion(0.3, 0.4),
                        new Lars(0.7, 0.01),
                        new Lamb(0.3, 0.4, 1e-5)));
    }

    @Test
    void everySchedule() {
        roundTrip(
                Schedule.class,
                List.of(
                        new Constant(1e-3),
                        new Step(0.1, 30, 0.5),
                        new Exponential(0.1, 1L << 40, 0.97),
                        new Cosine(0.1, 100, 0.01),
                        new Polynomial(0.1, 100L, 2, 0.01),
                        new OneCycle(0.1, 100L, 0.4, 10, 100),
                        new Sequence(List.of(new Constant(1), new Constant(2)), List.of(7L)),
                        new WarmUp(5, new Constant(1)),
                        new AdaScale(32, new Constant(0.3))));
    }

    @Test
    void olderKeysAreReadAndNewOnesWritten() {
        Schedule schedule = new WarmUp(5, new Constant(0.5));
        String old = "{\"type\": \"WarmUp\", \"steps\": 5, \"then\": {\"type\": \"Constant\", \"rate\": 0.5}}";
        assertEquals(schedule, Specs.read("schedule", Specs.parse("", old), Schedule.class));
        assertEquals("0.5", Specs.write(schedule).at("/then/learningRate").toString());
        assertEquals(false, Specs.write(schedule).get("then").has("rate"));
    }

    @Test
    void everyInit() {
        roundTrip(
                Init.class,
                List.of(
                        new Init.He(1),
                        new Init.Xavier(),
                        new Init.Normal(1 / 3.0),
                        new Init.Zeros(),
                        new Init.ConstantValue(2),
                        new Init.TruncatedNormal(0.25),
                        new Init.Orthogonal(2)));
    }

    private static <T> void roundTrip(Class<T> family, List<T> samples) {
        Set<Class<?>> sampled = samples.stream().map(Object::getClass).collect(Collectors.toSet());
        assertEquals(new HashSet<>(Specs.kinds(family)), sampled);
        for (T sample : samples) assertEquals(sample, again(sample, family));
    }

    private static <T> T again(Object spec, Class<T> type) {
        return Specs.read("spec", Specs.parse("spec", Specs.text(spec)), type);
    }

    @Test
    void aModel() {
        ModelSpec model = new ModelSpec(
                new Shape(6, 5, 3),
                new Normalization(List.of(0.1, 0.2, 0.3), List.of(2.0)),
                new Sequential(new Flatten(), new Dense(4)),
                new SquaredError(),
                4);
        assertEquals(model, again(model, ModelSpec.class));
    }

    @Test
    void absentKeysTakeTheirDefaultsAndATypeWithoutOthersIsItsName() {
        assertEquals(
                new Sequential(new Conv2d(8, 5), new Relu(), new MaxPool2d(2), new Dense(3)),
                Specs.read("net", Specs.parse("net", """
            {"type": "Sequential", "layers": [
              {"type": "Conv2d", "filters": 8, "kernel": 5}, "Relu",
              {"type": "MaxPool2d", "kernel": "2"}, {"type": "Dense", "units": 3}]}"""), Layer.class));
        assertEquals(
                new Residual(new Relu()),
                Specs.read("net", Specs.parse("net", "{\"type\": \"Residual\", \"layers\": [\"Relu\"]}"), Layer.class));
        assertEquals(new Sgd(), Specs.read("optimizer", Specs.parse("optimizer", "\"Sgd\""), Optimizer.class));
        assertEquals(
                new Adam(), Specs.read("optimizer", Specs.parse("optimizer", "{\"type\":\"Adam\"}"), Optimizer.class));
    }

    @Test
    void whereOneKindAloneFitsItsTypeMayBeLeftOut() {
        Sequential net = new Sequential(new Relu());
        assertEquals(net, Specs.read("net", Specs.parse("net", "{\"layers\": [\"Relu\"]}"), Sequential.class));
        assertEquals(
                net,
                Specs.read(
                        "net",
                        Specs.parse("net", "{\"type\": \"Sequential\", \"layers\": [\"Relu\"]}"),
                        Sequential.class));
    }

    @Test
    void theTextIsAsPeopleWriteIt() {
        assertEquals("""
        {
          "type" : "MaxPool2d",
          "kernel" : "2x3",
          "stride" : "4",
          "padding" : "same"
        }
        """, Specs.text(new MaxPool2d(Size2d.parse("2x3"), Size2d.of(4), Padding.SAME)));
    }
}
