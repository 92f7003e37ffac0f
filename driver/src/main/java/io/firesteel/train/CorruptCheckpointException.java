package io.firesteel.train;

import java.io.IOException;

/** A checkpoint exists but its contents are not what was written. */
final class CorruptCheckpointException extends IOException {
    private static final long serialVersionUID = 1;

    CorruptCheckpointException(String message) {
        super(message);
    }
}
