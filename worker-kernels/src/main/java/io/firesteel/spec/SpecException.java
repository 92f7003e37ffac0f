package io.firesteel.spec;

/** A setting that cannot be used. The message says where it stands, what was found, what is wanted and what to do. */
public final class SpecException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    public SpecException(String message) {
        super(message);
    }

    public SpecException(String message, Throwable cause) {
        super(message, cause);
    }
}
