/**
 * Models as others have them: ONNX out; PyTorch's state dicts, in safetensors files, out and in.
 *
 * <p>The one decision: the few messages of ONNX are written field by field. Tribuo's builder was rejected: its classes
 * are generated for protobuf 3, while each Spark brings a protobuf of its own to the same class path, 3.19 or 4.33.
 */
package io.firesteel.exchange;
