package io.firesteel.exchange;

import io.firesteel.array.ParamSlice;
import io.firesteel.array.Shape;
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
 * its layer by the shape of its weight; modules of one shape are told apart by the numbers in their names
 * ({@code conv1}, {@code conv2}), and refused where the names differ in more than numbers.
 */
final class StateDictMatcher {
    private static final String WEIGHT = ".weight", BIAS = ".bias";

    private final String file;
    private final Map<String, Tensor> tensors;
    private final List<LayerNode> places; // that have parameters and no module yet
    private final List<String> modules = new ArrayList<>(); // that have no layer yet
    private final Map<LayerNode, String> found = new LinkedHashMap<>();

    /** Modules are those names that end with .weight; {@code given} maps some of them to layers. */
    StateDictMatcher(String file, Map<String, Tensor> tensors, List<LayerNode> all, Map<String, String> given) {
        this.file = file;
        this.tensors = tensors;
        this.places = new ArrayList<>(
                all.stream().filter(place -> !place.params().isEmpty()).toList());
        for (String name : tensors.keySet())
            if (name.endsWith(WEIGHT)) modules.add(name.substring(0, name.length() - WEIGHT.length()));
        modules.sort(StateDictMatcher::byNumbers);
        given.forEach(this::take);
    }

    /** Every layer with parameters and its module, in the order of the layers. */
    Map<LayerNode, String> modules() {
        for (LayerNode place : List.copyOf(places)) if (places.contains(place)) match(shape(place));
        if (!places.isEmpty()) throw missing(places.get(0));
        found.forEach(this::checkBias);
        leftOver();
        Map<LayerNode, String> ordered = new LinkedHashMap<>();
        found.entrySet().stream()
                .sorted(Comparator.comparingInt(
                        each -> each.getKey().params().get(0).offset()))
                .forEach(each -> ordered.put(each.getKey(), each.getValue()));
        return ordered;
    }

    private void take(String module, String layer) {
        LayerNode place = places.stream()
                .filter(each -> each.name().equals(layer))
                .findFirst()
                .orElseThrow(() -> new SpecException(
                        "--map " + module + "=" + layer + ": no layer \"" + layer + "\" is free; there is "
                                + places.stream().map(LayerNode::name).toList()));
        if (!modules.contains(module))
            throw new SpecException("--map " + module + "=" + layer + ": " + file + " has no tensor \"" + module
                    + WEIGHT + "\" that is free; there is " + modules);
        if (!weight(module).equals(shape(place))) throw misshapen(module, place);
        pair(place, module);
    }

    private void pair(LayerNode place, String module) {
        places.remove(place);
        modules.remove(module);
        found.put(place, module);
    }

    /** Pairs the layers and modules of one shape, where there are as many of the one as of the other. */
    private void match(List<Integer> shape) {
        List<LayerNode> of =
                places.stream().filter(place -> shape(place).equals(shape)).toList();
        List<String> with =
                modules.stream().filter(module -> weight(module).equals(shape)).toList();
        if (of.size() != with.size()) return;
        if (with.stream().map(StateDictMatcher::pattern).distinct().count() > 1)
            throw new SpecException(file + ": " + with + " all have weights " + shape
                    + ", and their names do not say which is " + "which of "
                    + of.stream().map(LayerNode::name).toList() + "; say --map " + with.get(0) + "=LAYER for each");
        for (int i = 0; i < of.size(); i++) pair(of.get(i), with.get(i));
    }

    private SpecException missing(LayerNode place) {
        List<Integer> wanted = shape(place);
        List<String> alike = modules.stream()
                .filter(module -> weight(module).size() == wanted.size())
                .toList();
        List<String> fit =
                alike.stream().filter(module -> weight(module).equals(wanted)).toList();
        if (!fit.isEmpty())
            return new SpecException(file + ": " + fit + " have weights " + wanted + ", the model has "
                    + places.stream()
                            .filter(each -> shape(each).equals(wanted))
                            .map(LayerNode::name)
                            .toList()
                    + " of that shape; add or remove layers, or say --map MODULE=LAYER");
        if (!alike.isEmpty()) return misshapen(alike.get(0), place);
        return new SpecException(file + ": no weight " + wanted + " is left for " + place.name() + "; there is "
                + names() + "; take the model that these weights are of");
    }

    private SpecException misshapen(String module, LayerNode place) {
        return new SpecException(
                file + ": " + module + WEIGHT + " is " + weight(module) + ", " + place.name() + " wants "
                        + shape(place) + (shape(place).size() == 2 ? " (out, in)" : " (out, in, height, width)")
                        + "; change the model's layers, or say --map MODULE=LAYER");
    }

    private void checkBias(LayerNode place, String module) {
        boolean wanted = place.params().size() > 1, there = tensors.containsKey(module + BIAS);
        if (wanted && !there)
            throw new SpecException(file + ": " + module + BIAS + " is missing, " + place.name() + " wants ["
                    + place.params().get(1).shape() + "]; say \"bias\": false in the model");
        if (!wanted && there)
            throw new SpecException(file + ": " + module + BIAS + " "
                    + tensors.get(module + BIAS).shape() + " is left over, since " + place.name()
                    + " has no bias; say \"bias\": true in the model");
    }

    private void leftOver() {
        for (String name : tensors.keySet())
            if (found.values().stream().noneMatch(module -> name.equals(module + WEIGHT) || name.equals(module + BIAS)))
                throw new SpecException(
                        file + ": " + name + " " + tensors.get(name).shape()
                                + " belongs to no layer of the model; remove it from the file, or add its layer");
    }

    private String names() {
        return tensors.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue().shape())
                .collect(Collectors.joining(", "));
    }

    private List<Integer> weight(String module) {
        return tensors.get(module + WEIGHT).shape();
    }

    /** The weight's as PyTorch has it. */
    private static List<Integer> shape(LayerNode place) {
        ParamSlice weight = place.params().get(0);
        Shape shape = TorchLayout.torch(weight.shape());
        return Arrays.stream(shape.dims()).boxed().toList();
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
