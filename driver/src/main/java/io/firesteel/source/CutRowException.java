package io.firesteel.source;

import io.firesteel.spec.SpecException;

/** A row goes on where another task reads its file. No policy can skip it: rows would be cut without a word. */
final class CutRowException extends SpecException {
    private static final long serialVersionUID = 1;

    CutRowException(String message) {
        super(message);
    }
}
