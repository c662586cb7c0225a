using ModelTools.Formats;
using ModelTools.Models;
using ModelTools.Objects;
using ModelTools.Tensors;

namespace ModelTools.Reporting;

/// <summary>What the scripts of the page are given, as JSON.</summary>
internal sealed record PageData
{
    public required string Name { get; init; }

    public required string ClassName { get; init; }

    public string? Dialect { get; init; }

    public SourceData? Source { get; init; }

    /// <summary>As Keras counts them.</summary>
    public int LayerCount { get; init; }

    public long ParameterCount { get; init; }

    public long TrainableCount { get; init; }

    public long ByteCount { get; init; }

    public bool IsBuilt { get; init; }

    public IReadOnlyList<SpecData> Inputs { get; init; } = [];

    public IReadOnlyList<SpecData> Outputs { get; init; } = [];

    public IReadOnlyList<OptionData>? Training { get; init; }

    /// <summary>The model itself, then the models inside; none for a file of weights.</summary>
    public IReadOnlyList<GraphData> Models { get; init; } = [];

    public IReadOnlyList<WeightData> Weights { get; init; } = [];

    /// <summary>The tensors of a file without structure.</summary>
    public IReadOnlyList<TensorData>? Tensors { get; init; }

    public IReadOnlyList<TrainingCurve> History { get; init; } = [];

    /// <summary>Whether the weights' numbers were looked at.</summary>
    public bool HasValues { get; init; }

    public static PageData Of(Model model, ModelInfo? source, ModelPageOptions options)
    {
        var weights = new WeightCollector(model, options);
        var graphs = new GraphCollector(weights);
        graphs.Add(model);
        var summary = new ModelSummary(model);
        return new PageData
        {
            Name = model.Name,
            ClassName = model.ClassName,
            Dialect = model.Dialect is KerasDialect.Keras2 ? "Keras 2" : "Keras 3",
            Source = SourceData.Of(source),
            LayerCount = summary.Layers.Count,
            ParameterCount = summary.ParameterCount,
            TrainableCount = summary.TrainableParameterCount,
            ByteCount = summary.ByteCount,
            IsBuilt = summary.IsBuilt,
            Inputs = [.. model.InputSpecs.Select(SpecData.Of)],
            Outputs = [.. model.OutputSpecs.Select((spec, index) => SpecData.Of(spec, model.Outputs[index].IsOpaque))],
            Training = model.Training is { } training ? TrainingRows.Of(training, model.Dialect) : null,
            Models = graphs.Graphs,
            Weights = weights.Read(),
            History = options.History,
            HasValues = options.Values,
        };
    }

    public static PageData Of(ModelInfo source, ModelPageOptions options) => new()
    {
        Name = Path.GetFileName(source.Path),
        ClassName = source.Format,
        Source = SourceData.Of(source),
        ParameterCount = source.Tensors.Sum(tensor => Math.Max(tensor.Tensor.Shape.ElementCount, 0)),
        ByteCount = source.Tensors.Sum(tensor => tensor.ByteCount),
        IsBuilt = true,
        Tensors = TensorCollector.Read(source, options),
        History = options.History,
        HasValues = options.Values,
    };
}

/// <summary>Where the model came from; the file's name alone, so that a page says nothing of the machine.</summary>
internal sealed record SourceData(string File, string Format, long ByteCount, string? WrittenBy, IReadOnlyList<string> Findings)
{
    public static SourceData? Of(ModelInfo? info) => info is null ? null
        : new(Path.GetFileName(info.Path), info.Format, info.FileBytes, info.WrittenBy, [.. info.Findings.Select(finding => $"{finding.Code}: {finding.Message}")]);
}

/// <summary>An input or output.</summary>
internal sealed record SpecData(string? Name, string? Type, string Shape)
{
    public static SpecData Of(TensorSpec spec) => Of(spec, isOpaque: false);

    public static SpecData Of(TensorSpec spec, bool isOpaque) => isOpaque ? new(spec.Name, null, "?") : new(spec.Name, spec.DType.Name(), spec.Shape.ToString());
}

/// <summary>A row of a table of options.</summary>
/// <param name="Key">Keras's name of the option.</param>
/// <param name="Value">Its value, as short text.</param>
/// <param name="IsSet">True unless it is the default.</param>
/// <param name="Depth">How many objects it lies in.</param>
internal sealed record OptionData(string Key, string Value, bool IsSet, int Depth);
