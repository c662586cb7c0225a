using ModelTools.Formats;
using ModelTools.Formats.KerasH5;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.KerasH5;

/// <summary>The real Kerases load what is written here, and what is read here is what they say.</summary>
public class KerasH5OracleTests
{
    private static readonly KerasH5Format Format = new();

    /// <summary>Models of which one file serves Keras 2 and Keras 3: also nested ones, where Keras 2's own files fail in Keras 3.</summary>
    private static readonly string[] ForBoth =
        ["mnist_mlp_small", "dict_io", "shared_layer", "nested_functional_shared", "nested_sequential", "frozen_parts", "separable", "lstm", "batchnorm", "many_weight_names"];

    [SkippableTheory]
    [InlineData("tf_keras")]
    [InlineData("keras")]
    public void One_file_loads_in_both_generations_and_computes_the_same(string framework)
    {
        using var folder = new TemporaryFolder();
        var arguments = new List<string> { framework };
        foreach (var name in ForBoth)
        {
            var fixture = FixtureModel.Open(name);
            var model = Format.Read(fixture.PathOf("k2/model.h5"), ModelReadOptions.Default);
            Format.Write(model, folder[name + ".h5"], ModelWriteOptions.Default);
            arguments.AddRange([folder[name + ".h5"], fixture.Recording, string.Join(',', model.InputStructure.Keys.Order(StringComparer.Ordinal))]);
        }

        var answer = Oracle.Execute(
            """
            import os, sys
            os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
            import h5py, numpy, tensorflow as tf
            import importlib
            keras = importlib.import_module(sys.argv[1])
            for path, recording, keys in zip(sys.argv[2::3], sys.argv[3::3], sys.argv[4::3]):
                model = keras.models.load_model(path)
                with h5py.File(recording) as f:
                    given = [f["inputs"][str(i)][()] for i in range(len(f["inputs"]))]
                    group = f["outputs"] if "outputs" in f else f["outputs_k2"]
                    wanted = [group[str(i)][()] for i in range(len(group))]
                given = dict(zip(keys.split(","), given)) if keys else given[0] if len(given) == 1 else given
                got = tf.nest.flatten(model(given, training=False))
                worst = max(float(numpy.max(numpy.abs(a - b) / (1 + numpy.abs(b)))) for a, b in zip(got, wanted))
                print(os.path.basename(path), "same" if worst < 1e-5 and len(got) == len(wanted) else worst)
            """,
            [.. arguments]);
        Assert.Equal(ForBoth.Select(name => name + ".h5 same"), answer.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>A training state that is written here goes on in tf_keras.</summary>
    [SkippableFact]
    public void The_training_state_arrives_in_keras()
    {
        using var folder = new TemporaryFolder();
        var fixture = FixtureModel.Open("mnist_mlp_small");
        var model = Format.Read(fixture.PathOf("k2/model.h5"), ModelReadOptions.Default);
        Format.Write(model, folder["model.h5"], ModelWriteOptions.Default);
        var report = Oracle.Check("h5", folder["model.h5"], "--inputs", fixture.Recording, "--require", "both", "--compiled", "1", "--iterations", model.OptimizerState!.Iterations.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Null(report["error"]);
    }

    /// <summary>The conversion of CuDNN's layout is the one of Keras 2.</summary>
    [SkippableTheory]
    [InlineData("LSTM")]
    [InlineData("GRU")]
    public void Weights_of_cudnn_layers_are_converted_as_keras_does(string name)
    {
        using var folder = new TemporaryFolder();
        var expected = Oracle.Execute(
            """
            import os, sys, zlib
            os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
            import h5py, numpy
            import tf_keras
            from tf_keras.src.saving.legacy import hdf5_format
            gates = 4 if sys.argv[1] == "LSTM" else 3
            units, inputs = 3, 5
            random = numpy.random.RandomState(7)
            shapes = [(inputs, gates * units), (units, gates * units), (2 * gates * units,)]
            weights = [random.normal(size=shape).astype("float32") for shape in shapes]
            with h5py.File(sys.argv[2], "w") as f:
                f.attrs["layer_names"] = [b"rnn"]
                f.attrs["keras_version"] = "2.2.4"
                f.attrs["backend"] = "tensorflow"
                group = f.create_group("rnn")
                names = ["rnn/kernel:0", "rnn/recurrent_kernel:0", "rnn/bias:0"]
                group.attrs["weight_names"] = [name.encode() for name in names]
                for name, weight in zip(names, weights):
                    group[name] = weight
            layer = getattr(tf_keras.layers, sys.argv[1])(units)
            layer.build((None, None, inputs))
            for weight in hdf5_format._convert_rnn_weights(layer, weights):
                print("%08x" % zlib.crc32(numpy.ascontiguousarray(weight, "float32").tobytes()))
            """,
            name,
            folder["weights.h5"]);

        Layer layer = name == "LSTM" ? new LSTM(3) { Name = "rnn" } : new GRU(3) { Name = "rnn" };
        var model = Model.Sequential([layer]);
        using var assignment = Format.MatchWeights(folder["weights.h5"], model, ModelReadOptions.Default);
        assignment.Apply();
        Assert.Equal(expected.Split('\n', StringSplitOptions.RemoveEmptyEntries), model.Variables.Select(variable => Crc32.Of(variable.Value)));
    }

    /// <summary>A low-rank adaption is added to the kernel, as Keras 3 does when it merges.</summary>
    [SkippableFact]
    public void A_low_rank_adaption_is_added_to_the_kernel()
    {
        var fixture = FixtureModel.Open("lora");
        var model = Format.Read(fixture.PathOf("k3/model.h5"), ModelReadOptions.Default);
        var merged = Oracle.Execute(
            """
            import sys, zlib, h5py, numpy
            with h5py.File(sys.argv[1]) as f:
                group = f["model_weights/dense"]
                weights = {name.rsplit("/", 1)[1]: group[name][()] for name in group.attrs["weight_names"]}
            a, b = weights["lora_kernel_a"], weights["lora_kernel_b"]
            print(float(numpy.sum((weights["kernel"] + float(sys.argv[2]) / a.shape[1] * (a @ b)).astype("float64"))))
            """,
            fixture.PathOf("k3/model.h5"),
            model.FindLayer("dense")!.Layer.UnknownMembers.GetValueOrDefault("lora_alpha") ?? "2");
        var kernel = model.FindLayer("dense")!.Variables.First().Value.AsSpan<float>();
        var sum = 0.0;
        foreach (var value in kernel)
        {
            sum += value;
        }

        Assert.Equal(double.Parse(merged, System.Globalization.CultureInfo.InvariantCulture), sum, 4);
    }
}
