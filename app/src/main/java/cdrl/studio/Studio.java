package cdrl.studio;

import cdrl.model.ModelDescription;
import cdrl.studio.compose.ComposeView;
import cdrl.studio.compose.ComposeViewModel;
import cdrl.studio.density.DensityView;
import cdrl.studio.density.DensityViewModel;
import cdrl.studio.density.LiveViewModel;
import cdrl.studio.detect.DetectView;
import cdrl.studio.detect.DetectViewModel;
import cdrl.studio.engine.DensityService;
import cdrl.studio.engine.InpaintingService;
import cdrl.studio.engine.LiveTraining;
import cdrl.studio.engine.ModelChoice;
import cdrl.studio.engine.ModelKind;
import cdrl.studio.engine.ModelPicker;
import cdrl.studio.engine.ModelService;
import cdrl.studio.engine.PictureService;
import cdrl.studio.engine.SamplingService;
import cdrl.studio.engine.ScoringService;
import cdrl.studio.generate.GenerateView;
import cdrl.studio.generate.GenerateViewModel;
import cdrl.studio.inpaint.InpaintView;
import cdrl.studio.inpaint.InpaintViewModel;
import cdrl.studio.models.ModelCard;
import cdrl.studio.models.ModelShelf;
import cdrl.studio.models.ModelUser;
import cdrl.studio.models.ModelsView;
import cdrl.studio.models.ModelsViewModel;
import cdrl.studio.raster.Raster;
import cdrl.studio.resources.Messages;
import cdrl.studio.resources.Resources;
import cdrl.studio.shell.DeviceNote;
import cdrl.studio.shell.FileDialogs;
import cdrl.studio.shell.FolderOpener;
import cdrl.studio.shell.GpuDownload;
import cdrl.studio.shell.Jobs;
import cdrl.studio.shell.Preferences;
import cdrl.studio.shell.Problems;
import cdrl.studio.shell.Shell;
import cdrl.studio.shell.Theme;
import cdrl.studio.train.ModelTaker;
import cdrl.studio.train.RunLauncher;
import cdrl.studio.train.RunNotes;
import cdrl.studio.train.TrainView;
import cdrl.studio.train.TrainViewModel;
import cdrl.studio.workspace.PictureReceiver;
import cdrl.studio.workspace.WorkspaceContext;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import javafx.application.Platform;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.scene.text.Font;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/**
 * Puts the parts of the program together in one window. A new workspace is added to the list here
 * and nowhere else.
 */
public final class Studio {
  private static final double FONT_SIZE = 13;
  private static final double WIDTH = 1280;
  private static final double HEIGHT = 800;
  private static final double LEAST_WIDTH = 1000;
  private static final double LEAST_HEIGHT = 640;

  /**
   * What the program needs from outside.
   *
   * @param models finds and opens models
   * @param sampling draws samples
   * @param inpainting fills masked parts of pictures
   * @param densities computes densities
   * @param scoring tells how unlike its training data a model finds pictures
   * @param trainings trains in the window
   * @param pictures reads and saves pictures
   * @param dialogs asks for files
   * @param device what to say about the device in use
   * @param folders shows folders
   * @param launcher starts training processes
   * @param shelf holds the models at hand
   * @param cuda downloads what GPUs need
   * @param home where runs go when a person chooses no other place
   * @param background runs what takes a while and needs no tensors
   */
  public record Services(
      ModelService models,
      SamplingService sampling,
      InpaintingService inpainting,
      DensityService densities,
      ScoringService scoring,
      LiveTraining.Service trainings,
      PictureService pictures,
      FileDialogs dialogs,
      ObservableValue<DeviceNote> device,
      FolderOpener folders,
      RunLauncher launcher,
      ModelShelf shelf,
      GpuDownload.Installer cuda,
      Path home,
      Executor background) {}

  private final Messages messages;
  private final Preferences preferences;
  private final Theme theme;
  private final Jobs jobs;
  private final Problems problems;
  private final GenerateViewModel generate;
  private final ComposeViewModel compose;
  private final InpaintViewModel inpaint;
  private final DensityViewModel density;
  private final LiveViewModel live;
  private final DetectViewModel detect;
  private final TrainViewModel train;
  private final ModelsViewModel models;
  private final RunNotes runNotes;
  private final FileDrops drops;
  private final Shell shell;

  /** Builds everything but the window. */
  public Studio(Messages messages, Preferences preferences, Theme theme, Services services) {
    this.messages = messages;
    this.preferences = preferences;
    this.theme = theme;
    problems = new Problems(messages);
    jobs = new Jobs();
    for (URL font : Resources.fonts()) {
      Font.loadFont(font.toExternalForm(), FONT_SIZE);
    }
    WorkspaceContext context =
        new WorkspaceContext(
            messages,
            preferences,
            jobs,
            problems,
            services.background(),
            Platform::runLater,
            System::nanoTime,
            RandomGenerator.getDefault());
    generate =
        new GenerateViewModel(context, services.models(), services.sampling(), services.pictures());
    compose =
        new ComposeViewModel(context, services.models(), services.sampling(), services.pictures());
    inpaint =
        new InpaintViewModel(
            context,
            services.models(),
            services.sampling(),
            services.inpainting(),
            services.pictures());
    density =
        new DensityViewModel(
            context,
            services.models(),
            services.sampling(),
            services.densities(),
            services.pictures());
    detect =
        new DetectViewModel(
            context,
            services.models(),
            services.sampling(),
            services.scoring(),
            services.pictures(),
            file -> Studio.this.drops.take(file));
    models =
        new ModelsViewModel(
            context,
            services.shelf(),
            services.models(),
            services.sampling(),
            services.densities(),
            services.pictures(),
            new ModelUser() {
              @Override
              public void use(String reference, String name) {
                Studio.this.use(services.models(), reference, name);
              }

              @Override
              public void moved(String before, String after, String name) {
                detect.modelMoved(before, after);
                pickers().forEach(picker -> picker.moved(before, after, name));
              }
            });
    live =
        new LiveViewModel(
            context,
            density.appearance(),
            services.trainings(),
            services.pictures(),
            models::keep,
            services.home().resolve("session").resolve("training.safetensors"));
    train =
        new TrainViewModel(
            context,
            services.home().resolve("runs"),
            services.launcher(),
            services.pictures(),
            new ModelTaker() {
              @Override
              public void use(Path model, String name) {
                Studio.this.use(services.models(), model.toString(), name);
              }

              @Override
              public void keep(Path model, String name, @Nullable Path picture) {
                models.keep(model, name, picture);
              }
            });
    models.cards().addListener((ListChangeListener<ModelCard>) change -> offer());
    shell =
        new Shell(
            messages,
            preferences,
            jobs,
            problems,
            services.device(),
            new Shell.Outside(
                services.dialogs(),
                train.folderProperty(),
                train::setFolder,
                services.shelf().folder(),
                new GpuDownload(messages, jobs, problems, services.background(), services.cuda())),
            List.of(
                new GenerateView(messages, generate, services.dialogs(), receivers()),
                new ComposeView(messages, compose, services.dialogs(), receivers()),
                new InpaintView(messages, inpaint, services.dialogs(), this::reproduce),
                new DensityView(messages, density, live, services.dialogs()),
                new TrainView(messages, train, services.dialogs(), services.folders()),
                new DetectView(messages, detect, services.dialogs()),
                new ModelsView(messages, models, services.dialogs(), services.folders())));
    runNotes = new RunNotes(context, train);
    drops = drops(context, services);
    drops.attach(shell.root());
  }

  /** What happens to dropped files. */
  private FileDrops drops(WorkspaceContext context, Services services) {
    return new FileDrops(
        context,
        services.pictures(),
        new FileDrops.Receivers(
            file -> use(services.models(), file.toString(), String.valueOf(file.getFileName())),
            file -> {
              shell.show("inpaint");
              inpaint.opener().open(file);
            },
            this::reproduce));
  }

  /** The person's own models can be picked in the workspaces for what they make. */
  private void offer() {
    List<ModelChoice> own = new ArrayList<>();
    for (ModelCard card : models.cards()) {
      if (!card.ships() && card.facts() != null) {
        ModelDescription description = card.facts().description();
        own.add(
            new ModelChoice(
                card.reference(),
                card.name(),
                ModelKind.of(description.spec()),
                !description.attributeNames().isEmpty(),
                null,
                card.facts().checksum()));
      }
    }
    pickers().forEach(picker -> picker.offerOwn(own));
  }

  private List<ModelPicker> pickers() {
    return List.of(
        generate.sampling().models(),
        compose.sampling().models(),
        inpaint.sampling().models(),
        density.sampling().models(),
        detect.models());
  }

  /** The workspaces that take a picture from another one. */
  private List<PictureReceiver> receivers() {
    return List.of(
        new PictureReceiver(
            "inpaint",
            messages.text("generate.inpaint"),
            BootstrapIcons.BRUSH,
            "Shortcut+I",
            this::inpaint),
        new PictureReceiver(
            "detect",
            messages.text("detect.send"),
            BootstrapIcons.BULLSEYE,
            "Shortcut+E",
            this::detect));
  }

  private void detect(String name, Raster picture) {
    shell.show("detect");
    detect.receive(name, picture);
  }

  private void inpaint(String name, Raster picture) {
    shell.show("inpaint");
    inpaint.opener().open(name, picture);
  }

  /** Brings back the workspace and the settings that a saved picture tells of. */
  private void reproduce(String workspace, Map<String, String> notes) {
    switch (workspace) {
      case "inpaint" -> inpaint.restore(notes);
      case "compose" -> compose.restore(notes);
      case "density" -> {
        if (live.export().restore(notes)) {
          density.drawingProperty().set(true);
        } else {
          density.restore(notes);
        }
      }
      case "detect" -> detect.restore(notes);
      case "train" -> runNotes.restore(notes);
      default -> generate.restore(notes);
    }
    shell.show(workspace);
  }

  /** Opens a model in the workspace for what it makes. */
  private void use(ModelService models, String reference, String name) {
    models
        .open(reference)
        .result()
        .whenComplete(
            (model, problem) ->
                Platform.runLater(
                    () -> {
                      if (problem != null) {
                        problems.report(problem);
                        return;
                      }
                      boolean images = model.kind() == ModelKind.IMAGES;
                      (images ? generate.sampling() : density.sampling())
                          .models()
                          .pick(reference, name);
                      if (!images) {
                        density.drawingProperty().set(false);
                      }
                      shell.show(images ? "generate" : "density");
                    }));
  }

  /** The problem that people should know about. */
  public Problems problems() {
    return problems;
  }

  /** Shows the window where it was last, then looks for models. */
  public void open(Stage stage) {
    Scene scene = new Scene(shell.root(), WIDTH, HEIGHT);
    theme.dress(scene);
    for (URL icon : Resources.icons()) {
      stage.getIcons().add(new Image(icon.toExternalForm()));
    }
    stage.setTitle(messages.text("window.title"));
    stage.setScene(scene);
    preferences.window().filter(Studio::isOnScreen).ifPresent(place -> restore(stage, place));
    shell.restore();
    shell.show(preferences.word("workspace").orElse("generate"));
    stage
        .focusedProperty()
        .addListener(
            (property, before, after) -> {
              theme.follow();
              if (!after) { // the machine may be switched off from elsewhere
                remember(stage);
                live.remember();
              }
            });
    stage.setOnHiding(
        event -> {
          train.close();
          remember(stage);
          preferences.finishSaving();
        });
    stage.setOnHidden(event -> live.close()); // nobody sees the wait for the engine
    stage.show();
    Platform.runLater(() -> insistOnSize(stage));
    Platform.runLater(shell::welcome);
    generate.sampling().findModels();
    density.sampling().findModels();
    train.watch();
    models.refresh();
    shell.prepare();
  }

  private static boolean isOnScreen(Preferences.WindowPlace place) {
    // Enough of the title bar must be within reach of the mouse.
    return Screen.getScreens().stream()
        .map(Screen::getVisualBounds)
        .anyMatch(
            bounds ->
                bounds.intersects(
                    new Rectangle2D(place.x() + 50, place.y(), place.width() - 100, 30)));
  }

  /**
   * Some window managers answer the first showing with a size of their own; asked again they obey.
   */
  private void insistOnSize(Stage stage) {
    Rectangle2D screen = Screen.getPrimary().getVisualBounds();
    Preferences.WindowPlace wanted =
        preferences
            .window()
            .filter(Studio::isOnScreen)
            .orElse(new Preferences.WindowPlace(0, 0, WIDTH, HEIGHT, false));
    if (!stage.isMaximized()) {
      stage.setWidth(Math.min(wanted.width(), screen.getWidth()));
      stage.setHeight(Math.min(wanted.height(), screen.getHeight()));
    }
    stage.setMinWidth(Math.min(LEAST_WIDTH, screen.getWidth()));
    stage.setMinHeight(Math.min(LEAST_HEIGHT, screen.getHeight()));
  }

  private static void restore(Stage stage, Preferences.WindowPlace place) {
    stage.setX(place.x());
    stage.setY(place.y());
    stage.setWidth(place.width());
    stage.setHeight(place.height());
    stage.setMaximized(place.maximized());
  }

  private void remember(Stage stage) {
    shell.remember();
    boolean maximized = stage.isMaximized();
    Preferences.WindowPlace now =
        new Preferences.WindowPlace(
            stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight(), maximized);
    // A window that fills the screen says nothing about the size it had before.
    preferences.setWindow(
        maximized
            ? preferences
                .window()
                .map(
                    last ->
                        new Preferences.WindowPlace(
                            last.x(), last.y(), last.width(), last.height(), true))
                .orElse(new Preferences.WindowPlace(40, 40, WIDTH, HEIGHT, true))
            : now);
    preferences.save();
  }
}
