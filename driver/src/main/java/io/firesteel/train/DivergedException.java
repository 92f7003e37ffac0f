package io.firesteel.train;

/** Training met a gradient that is not finite and stopped in that step. */
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public DivergedException(String message) {
        super(message);
    }
}
