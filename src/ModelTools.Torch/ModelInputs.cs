using ModelTools.Diagnostics;
using ModelTools.Models;
using ModelTools.Tensors;
using ModelTools.Torch.Data;

namespace ModelTools.Torch;

/// <summary>Checks data against what a model takes.</summary>
internal static class ModelInputs
{
    /// <summary>Builds a model that does not know its input shape yet, and makes the values that its weights lack.</summary>
    public static void Prepare(Model model, IReadOnlyList<Tensor> inputs, int? seed = null)
    {
        if (!model.IsBuilt)
        {
            model.Build([.. inputs.Select(input => input.Shape.Rank > 0 ? input.Shape.With(0, Shape.Unknown) : input.Shape)]);
        }

        if (!model.IsBuilt)
        {
            throw new ModelToolsException(ErrorCode.ModelNotBuilt, $"The model {model.Name} ({model.ClassName}) cannot be run: its graph is not known.");
        }

        model.Initialize(seed);
    }

    /// <summary>Readers of the inputs, one per input of the model, in the types that it takes.</summary>
    /// <exception cref="ModelToolsException">MT3006: number, shapes or lengths do not fit.</exception>
    public static IReadOnlyList<RowReader> Open(Model model, IReadOnlyList<Tensor> inputs)
    {
        var specs = model.InputSpecs;
        if (inputs.Count != specs.Count)
        {
            throw new ModelToolsException(ErrorCode.InputMismatch, $"The model {model.Name} takes {specs.Count} inputs ({string.Join(", ", specs.Select(spec => spec.Name))}); {inputs.Count} were given.");
        }

        for (var i = 0; i < specs.Count; i++)
        {
            if (!Fits(inputs[i].Shape, specs[i].Shape))
            {
                throw new ModelToolsException(ErrorCode.InputMismatch, $"The input '{specs[i].Name}' of the model {model.Name} takes shape {specs[i].Shape}; the data has shape {inputs[i].Shape}.") { Location = specs[i].Name };
            }
        }

        RowReader[] readers = [.. inputs.Select((input, index) => new RowReader(input, specs[index].DType))];
        RequireSameLength(readers, "inputs");
        return readers;
    }

    /// <summary>Throws MT3006 unless all have the same number of samples.</summary>
    public static void RequireSameLength(IReadOnlyList<RowReader> readers, string what)
    {
        if (readers.Select(reader => reader.Count).Distinct().Count() > 1)
        {
            throw new ModelToolsException(ErrorCode.InputMismatch, $"The {what} have different numbers of samples: {string.Join(", ", readers.Select(reader => reader.Count))}.");
        }
    }

    // A fixed batch size in a model is a promise of the exporter; the engine takes any.
    private static bool Fits(Shape data, Shape wanted) =>
        data.Rank == wanted.Rank && data.Rank > 0 && data.Slice(1, data.Rank - 1).IsCompatibleWith(wanted.Slice(1, wanted.Rank - 1));
}
