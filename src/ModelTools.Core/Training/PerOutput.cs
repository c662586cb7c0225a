using System.Collections.Immutable;
using ModelTools.Diagnostics;
using ModelTools.Objects;

namespace ModelTools.Training;

/// <summary>Something that is given once for all outputs of a model, as a list in the outputs' order, or by output name.</summary>
/// <remarks>Files keep the form in which it was given.</remarks>
/// <typeparam name="TItem">A loss, a weight, a list of metrics.</typeparam>
public sealed record PerOutput<TItem>
{
    private PerOutput()
    {
    }

    /// <summary>The one for all outputs; set if <see cref="IsSingle"/>.</summary>
    public TItem? Single { get; private init; }

    /// <summary>One per output, in order; or null.</summary>
    public ImmutableArray<TItem?>? Listed { get; private init; }

    /// <summary>By output name, in the order given; outputs may be missing; or null.</summary>
    public IReadOnlyList<KeyValuePair<string, TItem?>>? Named { get; private init; }

    /// <summary>True if one serves all outputs.</summary>
    public bool IsSingle => Listed is null && Named is null;

    /// <summary>One for all outputs.</summary>
    public static PerOutput<TItem> Of(TItem item) => new() { Single = item };

    /// <summary>One per output, in order; null for none.</summary>
    public static PerOutput<TItem> List(params IEnumerable<TItem?> items) => new() { Listed = [.. items] };

    /// <summary>By output name.</summary>
    public static PerOutput<TItem> ByName(IEnumerable<KeyValuePair<string, TItem?>> items) => new() { Named = [.. items] };

    /// <summary>What an output has.</summary>
    /// <param name="index">The output's place.</param>
    /// <param name="name">The output's name.</param>
    /// <returns>The item, or the type's default where the output has none.</returns>
    public TItem? For(int index, string name) =>
        Named is { } named ? named.FirstOrDefault(pair => pair.Key == name).Value
        : Listed is { } listed ? (index < listed.Length ? listed[index] : default)
        : Single;

    /// <summary>The one, a list, or <c>output: item</c> for each.</summary>
    public override string ToString() =>
        Named is { } named ? string.Join(", ", named.Select(pair => $"{pair.Key}: {ObjectText.ValueText(pair.Value)}"))
        : Listed is { } listed ? ObjectText.ValueText(listed.ToArray())
        : ObjectText.ValueText(Single);

    /// <summary>Every item that is there, in the order given.</summary>
    public IEnumerable<TItem> Items => (Named?.Select(pair => pair.Value) ?? Listed?.AsEnumerable() ?? [Single]).OfType<TItem>();

    /// <summary>The same with every item changed.</summary>
    public PerOutput<TItem> Select(Func<TItem, TItem> change)
    {
        TItem? Changed(TItem? item) => item is null ? item : change(item);
        return new PerOutput<TItem>
        {
            Single = Changed(Single),
            Listed = Listed is { } listed ? [.. listed.Select(Changed)] : null,
            Named = Named is { } named ? [.. named.Select(pair => KeyValuePair.Create(pair.Key, Changed(pair.Value)))] : null,
        };
    }

    /// <summary>Checks that it fits a model's outputs.</summary>
    /// <param name="outputs">The outputs' names.</param>
    /// <param name="what">What it is, for the message.</param>
    /// <exception cref="ModelToolsException">MT6006: a name is no output; MT6004: the list is longer than the outputs.</exception>
    public void Check(IReadOnlyList<string> outputs, string what)
    {
        if (Named?.FirstOrDefault(pair => !outputs.Contains(pair.Key)) is { Key: { } unknown })
        {
            throw new ModelToolsException(ErrorCode.UnknownName, $"The {what} names the output {unknown}; the model's outputs are {string.Join(", ", outputs)}.");
        }

        if (Listed?.Length > outputs.Count)
        {
            throw new ModelToolsException(ErrorCode.InvalidArgument, $"The {what} lists {Listed?.Length} entries; the model has {outputs.Count} outputs.");
        }
    }
}
