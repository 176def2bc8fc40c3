package cdrl.studio.widgets;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import org.jspecify.annotations.Nullable;

/** Planes with their colour bars, all of one size: as large as fits, in as many rows as suits. */
public final class PlanesPane extends Pane {
  private static final double GAP = 12;
  private static final double TITLE = 24;
  private static final double FRAME_WIDTH = PlaneView.LEFT + PlaneView.RIGHT;
  private static final double FRAME_HEIGHT = PlaneView.TOP + PlaneView.BOTTOM;

  /** A plane, its title, and the colour bar to its right if it has one of its own. */
  private record Panel(Label title, PlaneView view, Label barTitle, @Nullable ColorBar bar) {
    /** What stands beside the square itself. */
    double beside() {
      return FRAME_WIDTH + (bar == null ? 0 : bar.prefWidth(-1) + GAP);
    }
  }

  private final List<Panel> panels = new ArrayList<>();

  /** No planes yet. */
  public PlanesPane() {
    getStyleClass().add("planes");
  }

  /** Adds a plane. */
  public void add(String title, PlaneView view) {
    add(new Panel(titled(title), view, titled(""), null));
  }

  /** Adds a plane with a colour bar. */
  public void add(String title, PlaneView view, String barTitle, ColorBar bar) {
    add(new Panel(titled(title), view, titled(barTitle), bar));
  }

  private void add(Panel panel) {
    panels.add(panel);
    panel.title().setLabelFor(panel.view());
    getChildren().addAll(panel.title(), panel.view());
    if (panel.bar() != null) {
      getChildren().addAll(panel.barTitle(), panel.bar());
    }
  }

  private static Label titled(String text) {
    Label label = new Label(text);
    label.getStyleClass().add("plane-title");
    return label;
  }

  /** Shows or hides a plane and what belongs to it. */
  public void show(PlaneView view, boolean visible) {
    for (Panel panel : panels) {
      if (panel.view() == view) {
        view.setVisible(visible);
        panel.title().setVisible(visible);
        panel.barTitle().setVisible(visible);
        if (panel.bar() != null) {
          panel.bar().setVisible(visible);
        }
      }
    }
    requestLayout();
  }

  @Override
  protected void layoutChildren() {
    List<Panel> shown = panels.stream().filter(panel -> panel.view().isVisible()).toList();
    double best = 0;
    int columns = 1;
    for (int tried = 1; tried <= shown.size(); tried++) {
      double side = side(rows(shown, tried));
      if (side > best) {
        best = side;
        columns = tried;
      }
    }
    if (best < 1) {
      return;
    }
    List<List<Panel>> rows = rows(shown, columns);
    double side = best;
    double height = side + FRAME_HEIGHT;
    double y = Math.floor((getHeight() - rows.size() * (TITLE + height)) / 2);
    double widest =
        rows.stream().mapToDouble(row -> width(row) + row.size() * side).max().orElseThrow();
    for (List<Panel> row : rows) {
      double x = Math.max(0, Math.floor((getWidth() - widest) / 2));
      for (Panel panel : row) {
        place(panel.title(), x + PlaneView.LEFT, y, panel.view(), x, side + FRAME_WIDTH, height);
        if (panel.bar() != null) {
          double barX = x + side + FRAME_WIDTH + GAP;
          place(panel.barTitle(), barX, y, panel.bar(), barX, panel.bar().prefWidth(-1), height);
        }
        x += side + panel.beside() + GAP;
      }
      y += TITLE + height;
    }
  }

  private static List<List<Panel>> rows(List<Panel> shown, int columns) {
    List<List<Panel>> rows = new ArrayList<>();
    for (int first = 0; first < shown.size(); first += columns) {
      rows.add(shown.subList(first, Math.min(shown.size(), first + columns)));
    }
    return rows;
  }

  /** The side of the squares in an arrangement. */
  private double side(List<List<Panel>> rows) {
    double side = getHeight() / rows.size() - TITLE - FRAME_HEIGHT;
    for (List<Panel> row : rows) {
      side = Math.min(side, (getWidth() - width(row)) / row.size());
    }
    return Math.floor(side);
  }

  /** The width of a row without its squares. */
  private static double width(List<Panel> row) {
    return row.stream().mapToDouble(Panel::beside).sum() + (row.size() - 1) * GAP;
  }

  private static void place(
      Label title,
      double titleX,
      double y,
      javafx.scene.layout.Region content,
      double x,
      double width,
      double height) {
    title.resizeRelocate(titleX, y, title.prefWidth(-1), TITLE);
    content.resizeRelocate(x, y + TITLE, width, height);
  }

  @Override
  protected double computePrefWidth(double height) {
    return 560;
  }

  @Override
  protected double computePrefHeight(double width) {
    return 480;
  }

  @Override
  protected double computeMinWidth(double height) {
    return 240;
  }

  @Override
  protected double computeMinHeight(double width) {
    return 220;
  }
}
