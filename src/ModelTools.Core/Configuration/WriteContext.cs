using ModelTools.Objects;

namespace ModelTools.Configuration;

/// <summary>What the parts of one configuration have in common while it is written.</summary>
/// <param name="Dialect">The generation to write for.</param>
/// <param name="Source">The generation whose members were kept as unknown; they are written back for the same one only, since the other would refuse them.</param>
internal sealed record WriteContext(KerasDialect Dialect, KerasDialect Source)
{
    /// <summary>Graphs and optimizers of Keras 2 are written so that Keras 3 finds its way in them too (see <see cref="CallWriter"/>).</summary>
    public bool ForBothGenerations { get; init; }
}
