using ModelTools.Formats;
using ModelTools.Formats.KerasH5;

namespace ModelTools.Tests.Formats.KerasH5;

/// <summary>What the shared tests need to know of <c>.h5</c>.</summary>
public sealed class KerasH5File : IWholeModelFile
{
    public static IModelFormat Format { get; } = new KerasH5Format();

    public static string Extension => ".h5";

    public static bool KeepsOlderOptimizers => true;
}

/// <inheritdoc/>
public class KerasH5TrainingTests : TrainingStateTests<KerasH5File>;

/// <inheritdoc/>
public class KerasH5BrokenTests : BrokenFileTests<KerasH5File>;
