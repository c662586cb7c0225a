using ModelTools.Formats;
using ModelTools.Formats.KerasArchive;

namespace ModelTools.Tests.Formats.KerasArchive;

/// <summary>What the shared tests need to know of <c>.keras</c>.</summary>
public sealed class KerasArchiveFile : IWholeModelFile
{
    public static IModelFormat Format { get; } = new KerasArchiveFormat();

    public static string Extension => ".keras";

    public static bool KeepsOlderOptimizers => false;
}

/// <inheritdoc/>
public class KerasArchiveTrainingTests : TrainingStateTests<KerasArchiveFile>;

/// <inheritdoc/>
public class KerasArchiveBrokenTests : BrokenFileTests<KerasArchiveFile>;
