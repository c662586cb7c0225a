using ModelTools.Formats;
using ModelTools.Formats.TensorFiles;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.KerasH5;

/// <summary>A layer of the author's own inside a model inside a model keeps its weights, and so does what comes after it.</summary>
public class KerasH5NestedUnknownTests
{
    private const string Shared = """
        import os, sys
        os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
        import numpy as np, tf_keras as keras
        class Scale(keras.layers.Layer):
            def build(self, shape):
                self.a = self.add_weight(name="a", shape=(shape[-1],), initializer="uniform")
                self.mean = self.add_weight(name="moving_mean", shape=(shape[-1],), initializer="uniform", trainable=False)
            def call(self, x):
                return x * self.a + self.mean

        """;

    private const string Writes = Shared + """
        x = keras.Input((4,))
        inner = keras.Model(x, keras.layers.Dense(3, name="last")(Scale(name="scale")(keras.layers.Dense(5, name="first")(x))), name="inner")
        y = keras.Input((4,))
        model = keras.Model(y, keras.layers.Dense(2, name="out")(inner(y)))
        model.save(sys.argv[1])
        np.savez(sys.argv[2], **{w.name.split(":")[0].replace("/", "."): w.numpy() for w in model.weights})
        print("written")
        """;

    private const string Compares = Shared + """
        a, b = (keras.models.load_model(path, custom_objects={"Scale": Scale}, compile=False) for path in sys.argv[1:3])
        x = np.random.default_rng(1).normal(size=(3, 4)).astype("float32")
        print(float(np.abs(a(x) - b(x)).max()))
        """;

    [SkippableFact]
    public void Weights_arrive_and_go_back_to_Keras()
    {
        using var folder = new TemporaryFolder();
        Oracle.Execute(Writes, folder["original.h5"], folder["weights.npz"]);
        var model = ModelFile.Load(folder["original.h5"]);
        var recorded = TensorFile.ReadAll(folder["weights.npz"]);
        var inner = model.FindLayer("inner")!.NestedModel!;
        Assert.IsType<UnknownLayer>(inner.FindLayer("scale")!.Layer);
        Assert.Equal(8, recorded.Count);
        foreach (var (name, expected) in recorded)
        {
            var (layer, weight) = (name.Split('.')[0], name.Split('.')[1]);
            var variable = (model.FindLayer(layer) ?? inner.FindLayer(layer))!.Variables.Single(variable => variable.Name == weight);
            Assert.Equal(expected.ToArray(), variable.Value.ToArray());
        }

        ModelFile.Save(model, folder["again.h5"]);
        Assert.Equal("0.0", Oracle.Execute(Compares, folder["original.h5"], folder["again.h5"]).Trim());
    }
}
