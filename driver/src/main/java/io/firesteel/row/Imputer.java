package io.firesteel.row;

import io.firesteel.spec.SpecException;
import java.io.Serializable;

/** Imputes non-finite features as the bad-row policy says, and remembers the first one of each row. Not thread-safe. */
public final class Imputer implements Serializable {
    private static final long serialVersionUID = 1;

    private final BadRows policy;
    private transient SpecException first;

    public Imputer(BadRows policy) {
        this.policy = policy;
    }

    /** Starts a new row. */
    public void begin() {
        first = null;
    }

    /**
     * Returns the replacement for the bad value that {@code found} describes; throws {@code found} if the policy does
     * not impute.
     */
    public float impute(SpecException found) {
        if (!(policy instanceof BadRows.Impute impute)) throw found;
        if (first == null) first = found;
        return impute.value();
    }

    /** The first bad value of this row; null if there was none. */
    public SpecException first() {
        return first;
    }
}
