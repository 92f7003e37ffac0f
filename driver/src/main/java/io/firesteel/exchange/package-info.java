/**
 * Models in the formats of others: ONNX, which is only written, and PyTorch state dicts in safetensors files, which are
 * written and read.
 *
 * <p>The one decision: the few messages of ONNX are written field by field. Tribuo's builder was rejected: its classes
 * are generated for protobuf 3, while each Spark brings a protobuf of its own to the same class path, 3.19 or 4.33.
 */
package io.firesteel.exchange;
