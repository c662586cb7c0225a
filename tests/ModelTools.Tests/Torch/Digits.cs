using System.Buffers.Binary;
using System.IO.Compression;
using ModelTools.Formats.Hdf5;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Tensors;
using ModelTools.Tests.Support;
using ModelTools.Torch.Training;
using ModelTools.Training;

namespace ModelTools.Tests.Torch;

/// <summary>The handwritten digits, and the network that Keras trained on them.</summary>
internal static class Digits
{
    /// <summary>Images as numbers in [0, 1] of shape (n, 784), labels as distributions over ten classes.</summary>
    public static TrainingData Load(string part)
    {
        var pixels = Idx($"{part}-images-idx3-ubyte.gz", 16);
        var labels = Idx($"{part}-labels-idx1-ubyte.gz", 8);
        var targets = new float[labels.Length * 10];
        for (var i = 0; i < labels.Length; i++)
        {
            targets[(i * 10) + labels[i]] = 1;
        }

        return new TrainingData(
            Tensor.FromArray(Array.ConvertAll(pixels, pixel => pixel / 255f), labels.Length, 784),
            Tensor.FromArray(targets, labels.Length, 10));
    }

    /// <summary>784 → 256 → 128 → 64 → 32 → 10, to be trained by Adam on crossentropy from logits.</summary>
    public static Model Network()
    {
        var model = Model.Sequential(new[] { 256, 128, 64, 32 }.Select(units => (Layer)new Dense(units) { Activation = Activations.Relu }).Append(new Dense(10)));
        model.Training = new TrainingConfiguration
        {
            Optimizer = new Adam { LearningRate = 0.01 },
            Loss = PerOutput<Loss>.Of(new CategoricalCrossentropy { FromLogits = true }),
            Metrics = PerOutput<IReadOnlyList<Metric>>.Of([new NamedMetric("accuracy")]),
        };
        return model;
    }

    /// <summary>The same with the weights of one of Keras's files.</summary>
    public static Model NetworkOf(string file)
    {
        var model = Network();
        model.Build([Shape.Unknown, 784]);
        using var stored = Hdf5File.Open(TestFolders.RequireShared("data", "mnist", "keras-run", file));
        foreach (var variable in model.Variables)
        {
            var layer = variable.FullName.Split('/')[0];
            variable.Value = stored.Root.Dataset($"model_weights/{layer}/{variable.FullName}:0").Read().Load();
        }

        return model;
    }

    private static byte[] Idx(string name, int header)
    {
        using var stream = new GZipStream(File.OpenRead(TestFolders.RequireShared("data", "mnist", name)), CompressionMode.Decompress);
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var bytes = memory.ToArray();
        Assert.Equal(bytes.Length - header, header == 16 ? 784 * BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4)) : BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4)));
        return bytes[header..];
    }
}
