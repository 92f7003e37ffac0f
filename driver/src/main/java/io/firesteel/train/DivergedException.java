package io.firesteel.train;

/** Training stopped in a step whose gradient was not finite. */
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public DivergedException(String message) {
        super(message);
    }
}
