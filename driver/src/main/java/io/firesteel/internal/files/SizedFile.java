package io.firesteel.internal.files;

/** A file as its folder lists it, and its length in bytes. */
public record SizedFile(String path, long bytes) {}
