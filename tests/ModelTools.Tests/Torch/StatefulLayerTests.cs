using System.Text.Json.Nodes;
using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Models;
using ModelTools.Tensors;
using ModelTools.Tests.Support;
using ModelTools.Torch;
using ModelTools.Torch.Training;
using ModelTools.Training;

namespace ModelTools.Tests.Torch;

/// <summary>Stateful recurrent layers go on from batch to batch, as in the real Keras.</summary>
public sealed class StatefulLayerTests
{
    private const string Script = """
        import json, sys
        import numpy as np
        if sys.argv[1] == "k2":
            import tf_keras as keras
        else:
            import keras
        model = keras.models.load_model(sys.argv[2], compile=False)
        def reset():
            for layer in model.layers:
                if getattr(layer, "stateful", False):
                    layer.reset_states() if hasattr(layer, "reset_states") else layer.reset_state()
        x = np.sin(np.arange(9 * 4 * 2, dtype="float32")).reshape(9, 4, 2)
        y = np.cos(np.arange(9 * 2, dtype="float32")).reshape(9, 2)
        reset()
        whole = model.predict(x, batch_size=3, verbose=0)
        again = model.predict(x[:3], batch_size=3, verbose=0)
        reset()
        fresh = model.predict(x[:3], batch_size=3, verbose=0)
        reset()
        model.compile(keras.optimizers.SGD(0.1), "mse")
        history = model.fit(x, y, batch_size=3, epochs=3, shuffle=False, verbose=0, validation_data=(x, y)).history
        print(json.dumps({"whole": whole.ravel().tolist(), "again": again.ravel().tolist(), "fresh": fresh.ravel().tolist(), "loss": history["loss"], "val_loss": history["val_loss"]}))
        """;

    [SkippableTheory]
    [InlineData("k2")]
    [InlineData("k3")]
    public void Predictions_and_training_go_on_as_in_Keras(string framework)
    {
        Engine.Require();
        var path = FixtureModel.Open("rnn_stateful").PathOf($"{framework}/model.h5");
        var expected = JsonNode.Parse(Oracle.Execute(Script, framework, path))!;
        var model = ModelFile.Load(path);
        using var predictor = new Predictor(model);
        var (x, y) = (Wave(MathF.Sin, 9, 4, 2), Wave(MathF.Cos, 9, 2));
        var threes = new PredictionOptions { BatchSize = 3 };

        AssertClose("whole", predictor.Predict([x], threes)[0]);
        AssertClose("again", predictor.Predict([x.Rows(0, 3)], threes)[0]);
        predictor.ResetStates();
        AssertClose("fresh", predictor.Predict([x.Rows(0, 3)], threes)[0]);

        model.Training = new TrainingConfiguration { Optimizer = new SGD { LearningRate = 0.1 }, Loss = PerOutput<Loss>.Of(new MeanSquaredError()) };
        var history = Trainer.Fit(model, new TrainingData(x, y), new FitOptions { BatchSize = 3, Epochs = 3, Shuffle = false, Validation = new TrainingData(x, y) });
        AssertClose("loss", Tensor.FromArray([.. history["loss"].Select(value => (float)value)], 3));
        AssertClose("val_loss", Tensor.FromArray([.. history["val_loss"].Select(value => (float)value)], 3));

        void AssertClose(string name, Tensor actual) =>
            Assert.Null(Compare.Difference(actual, Tensor.FromArray<float>([.. expected[name]!.AsArray().Select(value => (float)(double)value!)], actual.Shape), 1e-5));
    }

    [SkippableFact]
    public void A_batch_of_another_size_is_refused_until_the_states_are_reset()
    {
        Engine.Require();
        var model = ModelFile.Load(FixtureModel.Open("rnn_stateful").PathOf("k2/model.h5"));
        using var predictor = new Predictor(model);
        predictor.Predict([Wave(MathF.Sin, 3, 4, 2)]);
        Assert.Equal(ErrorCode.InputMismatch, Assert.Throws<ModelToolsException>(() => predictor.Predict([Wave(MathF.Sin, 2, 4, 2)])).Code);
        predictor.ResetStates();
        Assert.Equal(2, predictor.Predict([Wave(MathF.Sin, 2, 4, 2)])[0].Shape[0]);
    }

    private static Tensor Wave(Func<float, float> function, params long[] shape)
    {
        var wave = Shape.Create(shape);
        return Tensor.FromArray<float>([.. Enumerable.Range(0, (int)wave.ElementCount).Select(i => function(i))], wave);
    }
}
