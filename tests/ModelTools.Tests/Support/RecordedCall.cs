using ModelTools.Formats.Hdf5;
using ModelTools.Models;
using ModelTools.Tensors;

namespace ModelTools.Tests.Support;

/// <summary>The recorded inputs and outputs of a golden model, in the order in which a model takes and gives them.</summary>
/// <param name="Inputs">One per input of the model.</param>
/// <param name="Outputs">One per output of the model.</param>
public sealed record RecordedCall(IReadOnlyList<Tensor> Inputs, IReadOnlyList<Tensor> Outputs)
{
    /// <summary>Reads the recording for a model.</summary>
    /// <param name="fixture">The golden model.</param>
    /// <param name="model">The same, loaded.</param>
    /// <param name="framework"><c>k2</c> or <c>k3</c>: whose numbers.</param>
    public static RecordedCall Of(FixtureModel fixture, Model model, string framework)
    {
        using var recording = Hdf5File.Open(fixture.Recording);
        var names = fixture.Manifest["inputs"]!.AsArray().Select(input => (string)input!["name"]!).ToList();
        var given = names.Select((_, index) => recording.Root.Dataset($"inputs/{index}").Read().Load()).ToList();
        var group = (string)fixture.Manifest["outputs"]![framework]!;
        var sorted = model.OutputStructure.Keys.Order(StringComparer.Ordinal).ToList();
        return new RecordedCall(
            model.InputStructure.Kind is TensorStructureKind.Dictionary ? [.. model.InputStructure.Keys.Select(key => given[names.IndexOf(key)])] : given,
            [.. model.Outputs.Select((_, index) => recording.Root.Dataset($"{group}/{PlaceOf(index)}").Read().Load())]);

        int PlaceOf(int output) => model.OutputStructure.Kind is TensorStructureKind.Dictionary ? sorted.IndexOf(model.OutputStructure.Keys[output]) : output;
    }

    /// <summary>Asserts that computed outputs are the recorded ones: |a − b| ≤ tolerance · (1 + |b|), NaN equals NaN.</summary>
    public void AssertOutputs(IReadOnlyList<Tensor> actual, double tolerance)
    {
        Assert.Equal(Outputs.Count, actual.Count);
        foreach (var (wanted, found) in Outputs.Zip(actual))
        {
            AssertClose(wanted, found, tolerance);
        }
    }

    private static void AssertClose(Tensor expected, Tensor actual, double tolerance)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        if (expected.DType is DType.String)
        {
            Assert.Equal(((StringData)expected.Data).ToStrings(), ((StringData)actual.Data).ToStrings());
            return;
        }

        var (wanted, found) = (expected.Cast(DType.Float64).AsSpan<double>().ToArray(), actual.Cast(DType.Float64).AsSpan<double>().ToArray());
        for (var i = 0; i < wanted.Length; i++)
        {
            Assert.True(wanted[i].Equals(found[i]) || Math.Abs(wanted[i] - found[i]) <= tolerance * (1 + Math.Abs(wanted[i])), $"Element {i} is {found[i]}, Keras's is {wanted[i]}.");
        }
    }
}
