package cdrl.studio.widgets;

import java.util.List;
import java.util.stream.Stream;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;

/**
 * A small curve over the steps of a chain. Pointing with the pressed mouse, or the arrow keys,
 * choose a step.
 */
public final class ChainPlot extends Region {
  private static final double PAD = 7;
  private static final double DOT = 4;
  private static final double FAINT = 0.3;

  private final IntegerProperty step = new SimpleIntegerProperty();
  private final Canvas canvas = new Canvas();
  private final AxisStyle style = new AxisStyle(this::requestLayout);
  private final Rectangle accent = new Rectangle();
  private int last;
  private List<Float> values = List.of();
  private List<List<Float>> others = List.of();

  /**
   * @param id the node's id
   * @param name tells screen readers what it is
   */
  public ChainPlot(String id, String name) {
    setId(id);
    getStyleClass().add("chain-plot");
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.SLIDER);
    setAccessibleText(name);
    canvas.setManaged(false);
    canvas.setMouseTransparent(true);
    accent.getStyleClass().add("chain-accent");
    accent.setManaged(false);
    accent.setVisible(false);
    getChildren().addAll(canvas, style.probe(), accent);
    step.addListener((property, before, after) -> requestLayout());
    accent.fillProperty().addListener((property, before, after) -> requestLayout());
    addEventHandler(MouseEvent.MOUSE_PRESSED, this::point);
    addEventHandler(MouseEvent.MOUSE_DRAGGED, this::point);
    addEventHandler(KeyEvent.KEY_PRESSED, this::key);
  }

  /** The chosen step, from 0. */
  public IntegerProperty stepProperty() {
    return step;
  }

  /**
   * Shows a chain.
   *
   * @param last the number of the last step
   * @param values one per step, NaN where that is unknown, or none while all are
   * @param others those of other chains, to be seen behind
   */
  public void show(int last, List<Float> values, List<List<Float>> others) {
    this.last = last;
    this.values = List.copyOf(values);
    this.others = List.copyOf(others);
    requestLayout();
  }

  private double x(int at) {
    return PAD + (getWidth() - 2 * PAD) * at / Math.max(1, last);
  }

  private void point(MouseEvent event) {
    requestFocus();
    double share = (event.getX() - PAD) / Math.max(1, getWidth() - 2 * PAD);
    step.set((int) Math.max(0, Math.min(last, Math.round(share * last))));
    event.consume();
  }

  private void key(KeyEvent event) {
    if (event.isAltDown() || event.isShortcutDown()) {
      return;
    }
    int next =
        switch (event.getCode()) {
          case LEFT, DOWN -> step.get() - 1;
          case RIGHT, UP -> step.get() + 1;
          case HOME -> 0;
          case END -> last;
          default -> Integer.MIN_VALUE;
        };
    if (next != Integer.MIN_VALUE) {
      step.set(Math.max(0, Math.min(last, next)));
      event.consume();
    }
  }

  @Override
  protected void layoutChildren() {
    double height = getHeight();
    canvas.setWidth(getWidth());
    canvas.setHeight(height);
    GraphicsContext graphics = canvas.getGraphicsContext2D();
    graphics.clearRect(0, 0, getWidth(), height);
    graphics.setStroke(style.line());
    graphics.setLineWidth(1);
    double base = Math.floor(height - PAD) + 0.5;
    graphics.strokeLine(PAD, base, getWidth() - PAD, base);
    for (int i = 0; i <= last && last <= 40; i++) {
      graphics.strokeLine(Math.floor(x(i)) + 0.5, base, Math.floor(x(i)) + 0.5, base + 3);
    }
    double markX = x(Math.min(step.get(), last));
    double markY = base;
    if (values.size() == last + 1 && last > 0) {
      float least = Float.MAX_VALUE;
      float most = -Float.MAX_VALUE;
      for (List<Float> chain : Stream.concat(others.stream(), Stream.of(values)).toList()) {
        for (float value : chain) {
          least = Float.isNaN(value) ? least : Math.min(least, value);
          most = Float.isNaN(value) ? most : Math.max(most, value);
        }
      }
      double range = most > least ? most - least : 1;
      double bottom = height - PAD - 5;
      double scale = (bottom - PAD) / range;
      graphics.setStroke(accent.getFill());
      graphics.setGlobalAlpha(FAINT);
      for (List<Float> chain : others) {
        stroke(graphics, chain, least, bottom, scale);
      }
      graphics.setGlobalAlpha(1);
      graphics.setLineWidth(1.6);
      stroke(graphics, values, least, bottom, scale);
      float marked = values.get(Math.min(step.get(), last));
      markY = Float.isNaN(marked) ? base : bottom - (marked - least) * scale;
    }
    graphics.setFill(accent.getFill());
    graphics.fillOval(markX - DOT, markY - DOT, 2 * DOT, 2 * DOT);
  }

  private void stroke(
      GraphicsContext graphics, List<Float> chain, float least, double bottom, double scale) {
    graphics.beginPath();
    for (int i = 0; i < chain.size() && i <= last; i++) {
      float value = chain.get(i);
      if (i == 0) {
        graphics.moveTo(x(0), bottom - (value - least) * scale);
      } else if (!Float.isNaN(value)) {
        graphics.lineTo(x(i), bottom - (value - least) * scale);
      }
    }
    graphics.stroke();
  }

  @Override
  protected double computeMinHeight(double width) {
    return 44;
  }

  @Override
  protected double computePrefHeight(double width) {
    return 64;
  }

  @Override
  protected double computePrefWidth(double height) {
    return 180;
  }
}
