package cdrl.studio.train;

import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Command;
import cdrl.studio.shell.FolderOpener;
import cdrl.studio.widgets.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What buttons, keys and the command palette do with runs. What cannot be done is answered with a
 * sentence that says why.
 */
final class RunActions {
  private final Messages messages;
  private final TrainViewModel model;
  private final FolderOpener folders;
  private final Question question;

  /**
   * @param folders shows folders
   * @param question asks before something that cannot easily be undone
   */
  RunActions(Messages messages, TrainViewModel model, FolderOpener folders, Question question) {
    this.messages = messages;
    this.model = model;
    this.folders = folders;
    this.question = question;
  }

  /**
   * All of it by name.
   *
   * @param inList whether the keyboard is in the list of runs, where some keys work that would be
   *     in the way elsewhere
   */
  List<Command> commands(BooleanSupplier inList) {
    List<Command> commands = new ArrayList<>();
    if (model.newRun().openProperty().get()) {
      commands.add(Command.of(messages.text("train.resume"), this::resume));
    } else {
      commands.add(Command.of(messages.text("train.resume"), "Shortcut+Enter", this::resume));
    }
    commands.add(Command.of(messages.text("train.stop"), "Shortcut+Period", this::stop));
    commands.addAll(
        List.of(
            Command.of(messages.text("train.chart.one"), "Space", this::chart).when(inList),
            Command.of(messages.text("train.use"), this::use),
            Command.of(messages.text("train.use.best"), this::useBest),
            Command.of(messages.text("train.keep"), this::keep),
            Command.of(messages.text("train.copy"), this::copySettings),
            Command.of(messages.text("show.folder"), this::reveal),
            Command.of(messages.text("train.delete"), "Delete", this::delete).when(inList)));
    for (RunEntry entry : model.entries()) {
      String name = entry.name();
      commands.add(
          Command.of(
              messages.text("train.show.named", name),
              () -> {
                model.newRun().close();
                model.select(name);
              }));
      if (entry.standing().isActive()) {
        commands.add(Command.of(messages.text("train.stop.named", name), () -> stop(entry)));
      } else if (entry.standing() != Standing.FINISHED) {
        commands.add(Command.of(messages.text("train.resume.named", name), () -> resume(entry)));
      }
    }
    return commands;
  }

  private void with(Consumer<RunEntry> action) {
    RunEntry entry = model.selectedProperty().get();
    if (entry == null) {
      model.tell(messages.text("train.none.selected"));
    } else {
      action.accept(entry);
    }
  }

  private void refuse(String reason, RunEntry entry) {
    model.tell(messages.text(reason, entry.name()));
  }

  /** Stops the selected run, or goes on with it: what its button says. */
  void go() {
    with(
        entry -> {
          if (model.underWayProperty().get()) {
            return; // the second click of a double click means what the first one did
          }
          if (entry.standing().isActive()) {
            stop(entry);
          } else {
            resume(entry);
          }
        });
  }

  private void stop() {
    with(this::stop);
  }

  private void stop(RunEntry entry) {
    switch (entry.standing()) {
      case STARTING, RUNNING -> model.stop(entry, false);
      case STOPPING ->
          question.ask(
              messages.text("train.kill.question", entry.name()),
              messages.text("train.kill.explanation"),
              messages.text("train.kill"),
              () -> model.stop(entry, true));
      case STOPPED, FAILED, FINISHED -> refuse("train.idle", entry);
    }
  }

  private void resume() {
    with(this::resume);
  }

  private void resume(RunEntry entry) {
    switch (entry.standing()) {
      case STARTING, RUNNING, STOPPING -> refuse("train.at-work.already", entry);
      case STOPPED, FAILED -> model.resume(entry);
      case FINISHED -> refuse("train.all-made", entry);
    }
  }

  private void chart() {
    with(entry -> model.chart(entry.name()));
  }

  /** Opens the newest model. */
  void use() {
    with(
        entry -> {
          if (entry.hasModel()) {
            model.use(entry);
          } else {
            refuse("train.no-model", entry);
          }
        });
  }

  /** Opens the model whose samples were nearest to the data. */
  void useBest() {
    with(
        entry -> {
          if (entry.hasBest()) {
            model.useBest(entry);
          } else {
            refuse("train.no-best", entry);
          }
        });
  }

  /** Copies the newest model among one's own. */
  void keep() {
    with(
        entry -> {
          if (entry.hasModel()) {
            model.keep(entry);
          } else {
            refuse("train.no-model", entry);
          }
        });
  }

  /** Opens the form with the settings of the run. */
  void copySettings() {
    with(
        entry -> {
          if (model.configProperty().get().isEmpty()) {
            refuse("train.no-settings", entry);
          } else {
            model.copySettings();
          }
        });
  }

  /** Shows the folder of the run. */
  void reveal() {
    with(entry -> folders.show(model.folderOf(entry)));
  }

  /** Asks whether to move the run to the trash. */
  void delete() {
    with(
        entry -> {
          if (entry.standing().isActive()) {
            refuse("train.at-work", entry);
            return;
          }
          question.ask(
              messages.text("train.delete.question", entry.name()),
              messages.text("train.delete.explanation"),
              messages.text("train.delete"),
              () -> model.remove(entry));
        });
  }
}
