using ModelTools.Formats;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Tensors;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats;

/// <summary>Looking into a file costs the same whatever the weights weigh.</summary>
public sealed class InspectionTests
{
    [Theory]
    [InlineData("model.h5")]
    [InlineData("model.keras")]
    [InlineData("model.weights.h5")]
    [InlineData("savedmodel")]
    public void MemoryDoesNotGrowWithTheWeights(string name)
    {
        using var folder = new TemporaryFolder();
        var small = Write(Path.Combine(folder.Path, "small"), name, 10);
        var large = Write(Path.Combine(folder.Path, "large"), name, 3000);
        Assert.InRange(ModelFile.Inspect(large).FileBytes, 70_000_000, long.MaxValue);

        var (little, much) = (Allocated(small), Allocated(large));
        Assert.InRange(much, 0, little + (1 << 20));
    }

    private static long Allocated(string path)
    {
        ModelFile.Inspect(path);
        var before = GC.GetAllocatedBytesForCurrentThread();
        ModelFile.Inspect(path);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string Write(string folder, string name, int units)
    {
        Directory.CreateDirectory(folder);
        var model = Model.Sequential([new Dense(units), new Dense(units)]);
        model.Build([Shape.Unknown, units]);
        model.Initialize(seed: 1);
        var path = Path.Combine(folder, name);
        if (name.Contains(".weights."))
        {
            ModelFile.SaveWeights(model, path);
        }
        else
        {
            ModelFile.Save(model, path, name == "savedmodel" ? ModelFormat.Named("SavedModel") : null);
        }

        return path;
    }
}
