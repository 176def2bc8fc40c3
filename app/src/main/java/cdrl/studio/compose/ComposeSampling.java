package cdrl.studio.compose;

import cdrl.studio.engine.SamplingSession;
import cdrl.studio.widgets.SamplingSection;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableStringValue;
import org.jspecify.annotations.Nullable;

/** The sampling section of Compose, whose buttons start and stop the matrix too. */
record ComposeSampling(ComposeViewModel model) implements SamplingSection.Model {
  @Override
  public StringProperty seedProperty() {
    return model.sampling().seedProperty();
  }

  @Override
  public IntegerProperty countProperty() {
    return model.sampling().countProperty();
  }

  @Override
  public ObjectProperty<@Nullable Integer> stepsProperty() {
    return model.sampling().stepsProperty();
  }

  @Override
  public ObservableStringValue obstacleProperty() {
    return model.sampling().obstacleProperty();
  }

  @Override
  public SamplingSession session() {
    return model.sampling().session();
  }

  @Override
  public void rollSeed() {
    model.sampling().rollSeed();
  }

  @Override
  public void sample() {
    model.sample();
  }

  @Override
  public void cancel() {
    model.cancel();
  }
}
