package cdrl.studio.density;

import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Command;
import cdrl.studio.widgets.Controls;
import java.util.List;
import javafx.animation.AnimationTimer;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;
import org.kordamp.ikonli.javafx.FontIcon;

/** The buttons that play the Langevin chains. */
final class ChainBar extends HBox {
  private static final double FASTER = 1.5;

  private final Messages messages;
  private final ChainPlayer player;
  private final Runnable play;
  private final Label step = new Label();
  private final AnimationTimer film;

  /**
   * @param play starts or stops the film
   */
  ChainBar(Messages messages, ChainPlayer player, Runnable play) {
    this.messages = messages;
    this.player = player;
    this.play = play;
    setId("chain-bar");
    getStyleClass().add("chain-bar");
    setAlignment(Pos.CENTER_LEFT);
    Button rewind =
        Controls.iconButton(
            "chain-rewind", BootstrapIcons.SKIP_START_FILL, messages.text("density.chain.rewind"));
    rewind.setOnAction(event -> player.rewind());
    Button back =
        Controls.iconButton(
            "chain-back", BootstrapIcons.CARET_LEFT_FILL, messages.text("chain.back"));
    back.setOnAction(event -> player.move(-1));
    Button forth =
        Controls.iconButton(
            "chain-forth", BootstrapIcons.CARET_RIGHT_FILL, messages.text("chain.forth"));
    forth.setOnAction(event -> player.move(1));
    Button toggle =
        Controls.button("chain-play", BootstrapIcons.PLAY_FILL, messages.text("density.play"));
    toggle.setTooltip(new Tooltip(messages.text("density.play.hint")));
    toggle.setMinWidth(USE_PREF_SIZE);
    toggle.setOnAction(event -> play.run());
    step.setId("chain-step");
    step.getStyleClass().add("readout");
    // The slider is even in the logarithm: 1 to 2 steps a second is as far as 30 to 60.
    DoubleProperty share = new SimpleDoubleProperty(share(player.speedProperty().get()));
    share.addListener(
        (property, before, after) -> player.speedProperty().set(speed(after.doubleValue())));
    player
        .speedProperty()
        .addListener(
            (property, before, after) -> {
              if (Math.abs(speed(share.get()) - after.doubleValue()) > 1e-9) {
                share.set(share(after.doubleValue()));
              }
            });
    HBox speed =
        Controls.sliderRow(
            "chain-speed",
            messages.text("density.speed"),
            share,
            0,
            1,
            value -> messages.text("density.speed.value", messages.number(speed(value), 0)));
    film =
        new AnimationTimer() {
          @Override
          public void handle(long now) {
            player.pulse(now);
          }
        };
    getChildren().addAll(rewind, back, toggle, forth, step, Controls.spacer(), speed);
    player
        .playingProperty()
        .addListener(
            (property, before, playing) -> {
              toggle.setText(messages.text(playing ? "density.pause" : "density.play"));
              toggle.setGraphic(
                  new FontIcon(playing ? BootstrapIcons.PAUSE_FILL : BootstrapIcons.PLAY_FILL));
              run(playing);
            });
    player.frameProperty().addListener((property, before, after) -> showStep());
    // A workspace that is not seen shows no film.
    sceneProperty()
        .addListener(
            (property, before, after) -> {
              if (after == null) {
                player.playingProperty().set(false);
              }
            });
    showStep();
  }

  /** Everything that can be done here. */
  List<Command> commands() {
    return List.of(
        Command.of(messages.text("density.play.hint"), "Shortcut+P", play),
        Command.of(messages.text("density.chain.rewind"), "Alt+Home", player::rewind),
        Command.of(messages.text("chain.back"), "Alt+Down", () -> player.move(-1)),
        Command.of(messages.text("chain.forth"), "Alt+Up", () -> player.move(1)),
        Command.of(messages.text("density.faster"), () -> changeSpeed(FASTER)),
        Command.of(messages.text("density.slower"), () -> changeSpeed(1 / FASTER)));
  }

  private void changeSpeed(double by) {
    double speed = player.speedProperty().get() * by;
    player.speedProperty().set(Math.max(ChainPlayer.SLOWEST, Math.min(ChainPlayer.FASTEST, speed)));
  }

  private void run(boolean playing) {
    if (playing) {
      film.start();
    } else {
      film.stop();
    }
  }

  /** Says which step is seen; also when the run has changed. */
  void showStep() {
    step.setText(
        player.isEmpty() || player.isAhead()
            ? messages.text(player.isEmpty() ? "density.chain.none" : "density.chain.ahead")
            : switch (player.step()) {
              case -1 -> messages.text("density.chain.noise");
              case 0 -> messages.text("density.chain.proposal", player.steps());
              default -> messages.text("density.chain.step", player.step(), player.steps());
            });
  }

  private static double speed(double share) {
    return ChainPlayer.SLOWEST * Math.pow(ChainPlayer.FASTEST / ChainPlayer.SLOWEST, share);
  }

  private static double share(double speed) {
    return Math.log(speed / ChainPlayer.SLOWEST)
        / Math.log(ChainPlayer.FASTEST / ChainPlayer.SLOWEST);
  }
}
