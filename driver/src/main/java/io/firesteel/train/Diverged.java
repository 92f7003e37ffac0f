package io.firesteel.train;

/** Training met a gradient that is not finite and stopped in that step. */
public final class Diverged extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Diverged(String message) {
        super(message);
    }
}
