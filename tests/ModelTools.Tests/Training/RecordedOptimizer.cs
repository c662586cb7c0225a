using System.Text.Json.Nodes;
using ModelTools.Objects;
using ModelTools.Training;

namespace ModelTools.Tests.Training;

/// <summary>Makes an optimizer from its recorded serialised form.</summary>
internal static class RecordedOptimizer
{
    /// <summary>The optimizer of its own generation.</summary>
    public static Optimizer Read(JsonNode serialized, KerasDialect dialect)
    {
        var (name, config) = (serialized["class_name"]!.GetValue<string>(), serialized["config"]!.AsObject());
        var isLegacy = serialized["module"]?.GetValue<string>().Contains("legacy", StringComparison.Ordinal) == true;
        var optimizer = FixtureObjects.Create<Optimizer>(name, config, dialect);
        return optimizer with { Generation = dialect is KerasDialect.Keras3 ? OptimizerGeneration.Keras3 : isLegacy ? OptimizerGeneration.Keras2Legacy : OptimizerGeneration.Keras2 };
    }
}
