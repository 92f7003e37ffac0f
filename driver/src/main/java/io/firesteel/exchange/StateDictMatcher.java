package io.firesteel.exchange;

import io.firesteel.model.Safetensors.Tensor;
import io.firesteel.spec.SpecException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which module of a state dict is which layer. A safetensors file has lost the order of the modules, so a module finds
 * its layer by the shape of its first tensor, the weight; modules of one shape are told apart by the numbers in their
 * names ({@code conv1}, {@code conv2}), and refused where the names differ in more than numbers. Only the file that
 * {@link StateDict#write} makes of the model is read by names alone.
 */
final class StateDictMatcher {
    private static final String BIAS = "bias"; // in state dicts, and the key of a layer that can do without

    private final String file;
    private final Map<String, Tensor> tensors;
    private final List<LayerNode> nodes; // that have parameters and no module yet
    private final List<String> modules = new ArrayList<>(); // that have no layer yet
    private final Map<LayerNode, String> found = new LinkedHashMap<>();

    /** Modules are the names that end as a layer's first tensor does; {@code given} maps some of them to layers. */
    StateDictMatcher(String file, Map<String, Tensor> tensors, List<LayerNode> all, Map<String, String> given) {
        this.file = file;
        this.tensors = tensors;
        this.nodes = new ArrayList<>(all);
        for (String first :
                all.stream().map(node -> "." + node.first().name()).distinct().toList())
            for (String name : tensors.keySet())
                if (name.endsWith(first)) modules.add(name.substring(0, name.length() - first.length()));
        modules.sort(StateDictMatcher::byNumbers);
        given.forEach(this::take);
    }

    /** Every layer with parameters and its module, in the order of the layers. */
    Map<LayerNode, String> modules() {
        if (isExported()) for (LayerNode node : List.copyOf(nodes)) pair(node, node.index());
        for (LayerNode node : List.copyOf(nodes)) if (nodes.contains(node)) match(node);
        if (!nodes.isEmpty()) throw missing(nodes.get(0));
        found.forEach(this::checkTensors);
        leftOver();
        Map<LayerNode, String> ordered = new LinkedHashMap<>();
        found.entrySet().stream()
                .sorted(Comparator.comparingInt(
                        each -> each.getKey().first().slice().offset()))
                .forEach(each -> ordered.put(each.getKey(), each.getValue()));
        return ordered;
    }

    /** Whether the names are those that an export of the model has, and the shapes too. */
    private boolean isExported() {
        return nodes.size() == modules.size()
                && nodes.stream()
                        .allMatch(node -> modules.contains(node.index())
                                && shape(node.index(), node).equals(shape(node)));
    }

    private void take(String module, String layer) {
        LayerNode node = nodes.stream()
                .filter(each -> each.name().equals(layer))
                .findFirst()
                .orElseThrow(() -> new SpecException(
                        "--map " + module + "=" + layer + ": no layer \"" + layer + "\" is free; there is "
                                + nodes.stream().map(LayerNode::name).toList()));
        if (!modules.contains(module))
            throw new SpecException("--map " + module + "=" + layer + ": " + file + " has no tensor \""
                    + name(module, node) + "\" that is free; there is " + modules);
        if (!shape(module, node).equals(shape(node))) throw misshapen(module, node);
        pair(node, module);
    }

    private void pair(LayerNode node, String module) {
        nodes.remove(node);
        modules.remove(module);
        found.put(node, module);
    }

    /** Pairs the layers and modules of one shape, where there are as many of the one as of the other. */
    private void match(LayerNode like) {
        List<Integer> shape = shape(like);
        List<LayerNode> of = nodes.stream().filter(node -> isLike(node, like)).toList();
        List<String> with = modules.stream()
                .filter(module -> shape(module, like).equals(shape))
                .toList();
        if (of.size() != with.size()) return;
        if (with.stream().map(StateDictMatcher::pattern).distinct().count() > 1)
            throw new SpecException(file + ": " + with + " all have weights " + shape
                    + ", and their names do not say which is " + "which of "
                    + of.stream().map(LayerNode::name).toList() + "; say --map " + with.get(0) + "=LAYER for each");
        for (int i = 0; i < of.size(); i++) pair(of.get(i), with.get(i));
    }

    private SpecException missing(LayerNode node) {
        List<Integer> wanted = shape(node);
        List<String> alike = modules.stream()
                .filter(module -> shape(module, node).size() == wanted.size())
                .toList();
        List<String> fit = alike.stream()
                .filter(module -> shape(module, node).equals(wanted))
                .toList();
        if (!fit.isEmpty())
            return new SpecException(file + ": " + fit + " have weights " + wanted + ", the model has "
                    + nodes.stream()
                            .filter(each -> isLike(each, node))
                            .map(LayerNode::name)
                            .toList()
                    + " of that shape; add or remove layers, or say --map MODULE=LAYER");
        if (!alike.isEmpty()) return misshapen(alike.get(0), node);
        return new SpecException(file + ": no weight " + wanted + " is left for " + node.name() + "; there is "
                + names() + "; take the model that these weights are of");
    }

    private SpecException misshapen(String module, LayerNode node) {
        return new SpecException(
                file + ": " + name(module, node) + " is " + shape(module, node) + ", " + node.name() + " wants "
                        + shape(node) + axes(shape(node).size())
                        + "; change the model's layers, or say --map MODULE=LAYER");
    }

    private void checkTensors(LayerNode node, String module) {
        for (TorchLayout tensor : node.tensors())
            if (!tensors.containsKey(module + "." + tensor.name()))
                throw new SpecException(file + ": " + module + "." + tensor.name() + " is missing, " + node.name()
                        + " wants [" + tensor.shape() + "]; "
                        + (tensor.name().equals(BIAS)
                                ? "say \"bias\": false in the model"
                                : "take the model that these weights are of"));
        String bias = module + "." + BIAS;
        if (tensors.containsKey(bias) && !owns(node, module, bias))
            throw new SpecException(file + ": " + bias + " " + tensors.get(bias).shape() + " is left over, since "
                    + node.name() + " has no bias; say \"bias\": true in the model");
    }

    private void leftOver() {
        for (String name : tensors.keySet())
            if (found.entrySet().stream().noneMatch(each -> owns(each.getKey(), each.getValue(), name)))
                throw new SpecException(
                        file + ": " + name + " " + tensors.get(name).shape()
                                + " belongs to no layer of the model; remove it from the file, or add its layer");
    }

    private static boolean owns(LayerNode node, String module, String name) {
        return node.tensors().stream().anyMatch(tensor -> name.equals(module + "." + tensor.name()));
    }

    private String names() {
        return tensors.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue().shape())
                .collect(Collectors.joining(", "));
    }

    private static String name(String module, LayerNode node) {
        return module + "." + node.first().name();
    }

    /** Of the module's tensor that goes by the name of the layer's first; empty where it has none. */
    private List<Integer> shape(String module, LayerNode node) {
        Tensor tensor = tensors.get(name(module, node));
        return tensor == null ? List.of() : tensor.shape();
    }

    /** Of the layer's first tensor, as PyTorch has it. */
    private static List<Integer> shape(LayerNode node) {
        return Arrays.stream(node.first().shape().dims()).boxed().toList();
    }

    private static boolean isLike(LayerNode node, LayerNode other) {
        return shape(node).equals(shape(other))
                && node.first().name().equals(other.first().name());
    }

    private static String axes(int rank) {
        return rank == 2 ? " (out, in)" : rank == 4 ? " (out, in, height, width)" : "";
    }

    private static String pattern(String name) {
        return name.replaceAll("\\d+", "#");
    }

    /** By name, numbers in it by their size: conv2 stands before conv10. */
    private static int byNumbers(String a, String b) {
        return numbered(a).compareTo(numbered(b));
    }

    private static String numbered(String name) {
        return Pattern.compile("\\d+")
                .matcher(name)
                .replaceAll(digits -> "0".repeat(Math.max(0, 20 - digits.group().length())) + digits.group());
    }
}
