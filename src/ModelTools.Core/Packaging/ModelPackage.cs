using System.Text;
using System.Text.RegularExpressions;
using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Formats.Zip;

namespace ModelTools.Packaging;

/// <summary>Makes NuGet packages that carry models.</summary>
/// <remarks>
/// Beside the models there are their lock, a README, and build files: a project that references the package gets a <c>ModelFile</c> item for each model, finds
/// the models in its output folder, and is not built if a file in the package folder is no longer the one that was packed. Nothing else is needed for that.
/// </remarks>
public static partial class ModelPackage
{
    /// <summary>Writes a package, all or nothing. The same models and options give the same bytes.</summary>
    /// <param name="options">What goes into it.</param>
    /// <exception cref="ModelToolsException">MT3022: it would be too large; MT3009 and MT3012 to MT3016: a model breaks the lock; MT6004: a bad name or version; MT1xxx, MT2xxx: a model cannot be read; MT6xxx: the target.</exception>
    public static PackageReport Create(ModelPackageOptions options)
    {
        var id = Checked(options.Id, IdPattern(), "name", "Acme.Digits.Model");
        var version = Checked(options.Version, VersionPattern(), "version", "1.0.0");
        var files = Contents(options).Append(Made("README.md", PackageTexts.Readme(options))).ToList();
        files.Insert(0, Made($"{id}.nuspec", PackageTexts.Manifest(options)));
        files.Insert(0, Made("_rels/.rels", PackageTexts.Relations(id)));
        files.Insert(0, Made("[Content_Types].xml", PackageTexts.ContentTypes(files)));
        var path = Path.Combine(Path.GetFullPath(options.OutputFolder), $"{id}.{version}.nupkg");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicTarget.WriteFile(path, options.Force, stream => Write(stream, files, options.Cancellation));
        return new PackageReport { Path = path, Id = id, Version = version, Bytes = new FileInfo(path).Length, Files = [.. files.Select(file => file.PackagePath)] };
    }

    /// <summary>The models, their lock and the build files as they lie in a package; for a project that packs models beside its own assembly.</summary>
    /// <param name="options">Models, name, lock and limit.</param>
    /// <exception cref="ModelToolsException">As for <see cref="Create"/>.</exception>
    public static IReadOnlyList<PackagedFile> Contents(ModelPackageOptions options)
    {
        if (options.Models.Count == 0)
        {
            throw new ModelToolsException(ErrorCode.InvalidArgument, "There is no model to pack.") { Advice = "Name at least one model." };
        }

        var models = options.Models.Select(path => PackagedModel.Of(path)).ToArray();
        if (models.GroupBy(model => model.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } same)
        {
            throw new ModelToolsException(ErrorCode.InvalidArgument, $"Two models are called '{same.Key}' and cannot lie in one package.") { Path = same.Last().Path, Advice = "Rename one of them." };
        }

        // Before anything is read: hashing hundreds of megabytes only to refuse them wastes a build.
        var bytes = models.Sum(model => model.Files.Sum(file => file.Bytes));
        if (bytes > options.MaximumBytes)
        {
            throw new ModelToolsException(ErrorCode.PackageTooLarge, $"The models have {bytes:N0} bytes; the package may have {options.MaximumBytes:N0}.") { Path = models.MaxBy(model => model.Files.Sum(file => file.Bytes))!.Path };
        }

        return
        [
            .. models.SelectMany(model => model.Files),
            Made(PackagedModel.LockPath, PackagedLock.Text(models, options)),
            Made($"build/{options.Id}.props", ConsumerTargets.Props(options.Id, models)),
            Made($"build/{options.Id}.targets", ConsumerTargets.Targets(options.Id, models, options.Cancellation)),
            Made($"buildTransitive/{options.Id}.props", ConsumerTargets.Import($"{options.Id}.props")),
            Made($"buildTransitive/{options.Id}.targets", ConsumerTargets.Import($"{options.Id}.targets")),
        ];
    }

    private static PackagedFile Made(string path, string text) => new(path, null, text, Encoding.UTF8.GetByteCount(text));

    private static void Write(Stream stream, IEnumerable<PackagedFile> files, CancellationToken cancellation)
    {
        var zip = new ZipWriter(stream);
        foreach (var file in files)
        {
            // Names in a package are parts of URIs.
            var name = string.Join('/', file.PackagePath.Split('/').Select(Uri.EscapeDataString)).Replace("%5BContent_Types%5D", "[Content_Types]", StringComparison.Ordinal);
            if (file.Source is null)
            {
                zip.Add(name, Encoding.UTF8.GetBytes(file.Text!));
                continue;
            }

            using var source = new FileStream(file.Source, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
            zip.Add(name, source.Length, target =>
            {
                var buffer = new byte[1 << 20];
                for (int count; (count = source.Read(buffer)) > 0;)
                {
                    cancellation.ThrowIfCancellationRequested();
                    target.Write(buffer.AsSpan(0, count));
                }
            });
        }

        zip.Finish();
    }

    private static string Checked(string value, Regex pattern, string what, string example) => pattern.IsMatch(value) && value.Length <= 100 ? value
        : throw new ModelToolsException(ErrorCode.InvalidArgument, $"'{value}' is not the {what} of a package.") { Advice = $"Write it as '{example}'." };

    [GeneratedRegex(@"^\w+([_.-]\w+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"^\d+\.\d+(\.\d+){0,2}(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex VersionPattern();
}
