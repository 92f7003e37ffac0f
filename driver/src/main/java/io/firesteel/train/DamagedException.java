package io.firesteel.train;

import java.io.IOException;

/** A file is there but not what was written. */
final class DamagedException extends IOException {
    private static final long serialVersionUID = 1;

    DamagedException(String message) {
        super(message);
    }
}
