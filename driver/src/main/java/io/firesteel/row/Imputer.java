package io.firesteel.row;

import io.firesteel.spec.SpecException;
import java.io.Serializable;

/** What comes in the place of features that are no finite numbers, and the first of them in a row. One thread's. */
public final class Imputer implements Serializable {
    private static final long serialVersionUID = 1;

    private final BadRows policy;
    private transient SpecException first;

    public Imputer(BadRows policy) {
        this.policy = policy;
    }

    /** Begins a row. */
    public void begin() {
        first = null;
    }

    /** The number to put in place of what was {@code found}; throws that where the policy does not impute. */
    public float impute(SpecException found) {
        if (!(policy instanceof BadRows.Impute impute)) throw found;
        if (first == null) first = found;
        return impute.value();
    }

    /** The first one of this row; null when all were good. */
    public SpecException first() {
        return first;
    }
}
