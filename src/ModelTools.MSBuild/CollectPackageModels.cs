using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using ModelTools.Packaging;

namespace ModelTools.MSBuild;

/// <summary>Prepares models for the project's own NuGet package: lists their files, and writes lock and build files for them.</summary>
[MSBuildMultiThreadableTask]
public sealed class CollectPackageModels : ModelTask
{
    /// <summary>The package's name.</summary>
    [Required]
    public string PackageId { get; set; } = "";

    /// <summary>Folder that made files are written to.</summary>
    [Required]
    public string OutputFolder { get; set; } = "";

    /// <summary>Most bytes of all models.</summary>
    public long MaximumBytes { get; set; } = ModelPackageOptions.DefaultMaximumBytes;

    /// <summary>The files; <c>PackagePath</c> says where they lie in the package.</summary>
    [Output]
    public ITaskItem[] Files { get; set; } = [];

    /// <inheritdoc/>
    protected override void Run()
    {
        var options = new ModelPackageOptions { Models = [.. Items.Select(item => item.Path).Distinct()], Id = PackageId, Version = "1.0.0", MaximumBytes = MaximumBytes, Cancellation = Cancellation };
        Files = [.. ModelPackage.Contents(options).Select(Item)];
    }

    private TaskItem Item(PackagedFile file)
    {
        var source = file.Source ?? Written(file);
        return new TaskItem(source, new Dictionary<string, string> { ["Pack"] = "true", ["PackagePath"] = file.PackagePath, ["Visible"] = "false" });
    }

    private string Written(PackagedFile file)
    {
        var path = Path.Combine(Root(OutputFolder), file.PackagePath);
        if (!File.Exists(path) || File.ReadAllText(path) != file.Text)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file.Text);
        }

        return path;
    }
}
