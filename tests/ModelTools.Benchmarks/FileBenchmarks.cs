using ModelTools.Formats;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Tensors;

namespace ModelTools.Benchmarks;

/// <summary>Saving and loading a large model in each container.</summary>
internal static class FileBenchmarks
{
    public static IEnumerable<(string Name, double Seconds)> Run(string folder, int width, int layers)
    {
        var model = Model.Sequential(Enumerable.Range(0, layers).Select(_ => new Dense(width)));
        model.Build([Shape.Unknown, width]);
        model.Initialize(seed: 1);
        var replace = new ModelWriteOptions { Force = true };
        var h5 = Path.Combine(folder, "ours.h5");
        var checkpoint = Path.Combine(folder, "ours.ckpt");
        var saved = Path.Combine(folder, "ours-savedmodel");

        yield return ("h5 save", Timing.Best(() => ModelFile.Save(model, h5, options: replace)));
        yield return ("h5 load", Timing.Best(() => Touch(ModelFile.Load(h5))));
        yield return ("checkpoint save", Timing.Best(() => ModelFile.SaveWeights(model, checkpoint, options: replace)));
        yield return ("checkpoint load", Timing.Best(() =>
        {
            ModelFile.LoadWeights(model, checkpoint);
            Touch(model);
        }));
        yield return ("SavedModel save", Timing.Best(() => ModelFile.Save(model, saved, ModelFormat.Named("SavedModel"), replace)));
        yield return ("SavedModel load", Timing.Best(() => Touch(ModelFile.Load(saved))));
    }

    // Values are read when they are needed; a load that is compared with Keras's has every byte in memory at the end.
    private static void Touch(Model model)
    {
        foreach (var variable in model.Variables)
        {
            variable.Value.Load();
        }
    }
}
