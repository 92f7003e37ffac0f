package io.firesteel.optim;

import java.util.Arrays;

/**
 * The mean gradient of all parameters together has at most this norm: Pascanu, Mikolov and Bengio 2013, PyTorch's
 * {@code clip_grad_norm_}.
 *
 * @param norm above 0
 */
public record ClipByGlobalNorm(double norm) implements Clipping {
    public ClipByGlobalNorm {
        Clipping.requirePositive("norm", norm);
    }

    @Override
    public double[] factors(double[] norms) {
        double squares = 0;
        for (double each : norms) squares += each * each;
        double found = Math.sqrt(squares);
        double[] factors = new double[norms.length];
        Arrays.fill(factors, found > norm ? norm / found : 1);
        return factors;
    }
}
