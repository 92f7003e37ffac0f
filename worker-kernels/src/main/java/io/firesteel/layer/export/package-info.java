/**
 * What a layer says of itself to other formats: operations of ONNX, and tensors as PyTorch names them and lays them
 * out.
 *
 * <p>The one decision: layers write to an interface, and the files are written elsewhere. A converter with a case for
 * each layer was rejected: a new layer would be two files.
 */
package io.firesteel.layer.export;
