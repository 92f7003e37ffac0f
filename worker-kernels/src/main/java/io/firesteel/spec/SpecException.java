package io.firesteel.spec;

/** An invalid setting or input. The message says where it is, what was found, what is wanted and what to do. */
public class SpecException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    public SpecException(String message) {
        super(message);
    }

    public SpecException(String message, Throwable cause) {
        super(message, cause);
    }
}
