using Microsoft.Build.Logging.StructuredLogger;

namespace ModelTools.MSBuild.Tests.Support;

/// <summary>How a build went, as its binary log tells it.</summary>
internal sealed class BuildResult(int exitCode, string output, string logPath)
{
    private static readonly string[] OurTasks = ["ValidateModels", "UpdateModelLock", "ExportModels", "GenerateModelClass", "PackageModels", "CollectPackageModels"];

    private readonly Build _build = BinaryLog.ReadBuild(logPath);

    public int ExitCode => exitCode;

    /// <summary>Everything that was written to the console.</summary>
    public string Output => output;

    /// <summary>Codes of the errors, each once.</summary>
    public string[] Errors => [.. _build.FindChildrenRecursive<Error>().Select(error => error.Code).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Codes of the warnings, each once.</summary>
    public string[] Warnings => [.. _build.FindChildrenRecursive<Warning>().Select(warning => warning.Code).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The errors.</summary>
    public IReadOnlyList<Error> AllErrors => [.. _build.FindChildrenRecursive<Error>()];

    /// <summary>The warnings.</summary>
    public IReadOnlyList<Warning> AllWarnings => [.. _build.FindChildrenRecursive<Warning>()];

    /// <summary>Tasks of the package that ran.</summary>
    public string[] Tasks => [.. _build.FindChildrenRecursive<Microsoft.Build.Logging.StructuredLogger.Task>().Select(task => task.Name).Where(name => OurTasks.Contains(name))];

    /// <summary>Texts of messages below tasks of the package.</summary>
    public string[] TaskMessages => [.. _build.FindChildrenRecursive<Microsoft.Build.Logging.StructuredLogger.Task>().Where(task => OurTasks.Contains(task.Name)).SelectMany(task => task.FindChildrenRecursive<Message>()).Select(message => message.Text)];

    public BuildResult Succeeds()
    {
        Assert.True(exitCode == 0, output);
        return this;
    }

    public BuildResult Fails()
    {
        Assert.True(exitCode != 0, output);
        return this;
    }
}
