package org.skep.planner.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.skep.model.plan.Stage;
import org.skep.model.plan.StageGraph;

/**
 * Where the stages of a query stand in its picture: in layers, the result in the lowest one and
 * each stage above all that read it. Arrows that pass layers get a lane there, so that they cross
 * no box (after Sugiyama, Tagawa and Toda, 1981). Lengths are pixels.
 */
final class StageLayout {
    static final double MARGIN = 16;
    private static final double BETWEEN_BOXES = 28;
    private static final double BETWEEN_LAYERS = 66;

    private final List<List<Item>> layers = new ArrayList<>();
    private final Map<Integer, Item> boxes = new HashMap<>();
    private final List<Arrow> arrows = new ArrayList<>();
    private double width;
    private double height;

    /** How large a stage's box is. */
    record Size(double width, double height) {}

    /** A box, or a lane when it is of no stage. */
    static final class Item {
        private final Stage stage;
        private Size size;
        private final List<Item> below = new ArrayList<>();
        private double x;
        private double y;

        private Item(Stage stage, Size size) {
            this.stage = stage;
            this.size = size;
        }

        double left() {
            return x;
        }

        double top() {
            return y;
        }

        double middle() {
            return x + size.width / 2;
        }

        double bottom() {
            return y + size.height;
        }

        Size size() {
            return size;
        }
    }

    /** From a stage to one that reads it, through the lanes between. */
    record Arrow(Stage from, Stage to, List<Item> way) {}

    StageLayout(StageGraph graph, Map<Integer, Size> sizes) {
        Map<Integer, Integer> levels = levels(graph);
        for (Stage stage : graph.stages()) {
            Item box = new Item(stage, sizes.get(stage.id()));
            boxes.put(stage.id(), box);
            layer(levels.get(stage.id())).add(box);
        }
        for (Stage stage : graph.stages()) {
            for (int read : stage.reads()) {
                arrow(boxes.get(read), boxes.get(stage.id()), levels);
            }
        }
        arrange();
        place();
    }

    /** How many layers above the lowest one each stage is. */
    private static Map<Integer, Integer> levels(StageGraph graph) {
        Map<Integer, Integer> levels = new HashMap<>();
        List<Stage> stages = graph.stages();
        for (int i = stages.size() - 1; i >= 0; i--) { // readers have larger numbers
            Stage stage = stages.get(i);
            int level = levels.computeIfAbsent(stage.id(), id -> 0);
            stage.reads().forEach(read -> levels.merge(read, level + 1, Math::max));
        }
        return levels;
    }

    private List<Item> layer(int level) {
        while (layers.size() <= level) {
            layers.add(new ArrayList<>());
        }
        return layers.get(level);
    }

    private void arrow(Item from, Item to, Map<Integer, Integer> levels) {
        List<Item> way = new ArrayList<>(List.of(from));
        Item last = from;
        int end = levels.get(to.stage.id());
        for (int level = levels.get(from.stage.id()) - 1; level > end; level--) {
            Item lane = new Item(null, new Size(8, 0));
            layer(level).add(lane);
            last.below.add(lane);
            last = lane;
            way.add(lane);
        }
        last.below.add(to);
        way.add(to);
        arrows.add(new Arrow(from.stage, to.stage, way));
    }

    /** Brings each layer into the order of what is below it, so that few arrows cross. */
    private void arrange() {
        Map<Item, Integer> places = new HashMap<>();
        for (List<Item> layer : layers) {
            layer.sort(
                    Comparator.comparingDouble(
                            item -> item.below.stream().mapToInt(places::get).average().orElse(0)));
            for (Item item : layer) {
                places.put(item, places.size());
            }
            int first = places.get(layer.get(0));
            layer.forEach(item -> places.merge(item, -first, Integer::sum));
        }
    }

    private void place() {
        for (List<Item> layer : layers) {
            width = Math.max(width, width(layer));
        }
        double y = MARGIN;
        for (int level = layers.size() - 1; level >= 0; level--) {
            List<Item> layer = layers.get(level);
            double tallest = layer.stream().mapToDouble(item -> item.size.height).max().orElse(0);
            double x = MARGIN + (width - width(layer)) / 2;
            for (Item item : layer) {
                if (item.stage == null) {
                    item.size = new Size(item.size.width, tallest);
                }
                item.x = x;
                item.y = y + tallest - item.size.height;
                x += item.size.width + BETWEEN_BOXES;
            }
            y += tallest + (level == 0 ? 0 : BETWEEN_LAYERS);
        }
        height = y + MARGIN;
        width += 2 * MARGIN;
    }

    private static double width(List<Item> layer) {
        return layer.stream().mapToDouble(item -> item.size.width).sum()
                + BETWEEN_BOXES * (layer.size() - 1);
    }

    Item box(Stage stage) {
        return boxes.get(stage.id());
    }

    List<Arrow> arrows() {
        return arrows;
    }

    double width() {
        return width;
    }

    double height() {
        return height;
    }
}
