using System.Security;
using System.Text;

namespace ModelTools.Packaging;

/// <summary>The texts that every package has.</summary>
internal static class PackageTexts
{
    private const string Declaration = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

    /// <summary>The manifest.</summary>
    public static string Manifest(ModelPackageOptions options) => $"""
        {Declaration}<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
          <metadata>
            <id>{options.Id}</id>
            <version>{options.Version}</version>
            <authors>{SecurityElement.Escape(options.Authors)}</authors>
            <description>{SecurityElement.Escape(Description(options))}</description>
            <readme>README.md</readme>{(options.License is { Length: > 0 } license ? $"\n    <license type=\"expression\">{SecurityElement.Escape(license)}</license>" : "")}
            <tags>model keras tensorflow</tags>
          </metadata>
        </package>

        """.ReplaceLineEndings("\n");

    /// <summary>The page that users of the package read.</summary>
    public static string Readme(ModelPackageOptions options) => $"""
        # {options.Id}

        {Description(options)}

        A project that references this package finds in its output folder, below `models/`:

        {string.Join("\n", options.Models.Select(model => $"- `{Path.GetFileName(Path.TrimEndingDirectorySeparator(model))}`"))}

        Each is also a `ModelFile` item of the project. The build checks that the files are those that were packed.
        `models/models.lock.json` in the package says what the models take, give and hold.

        """.ReplaceLineEndings("\n");

    /// <summary>Where the manifest is.</summary>
    public static string Relations(string id) =>
        $"{Declaration}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Type=\"http://schemas.microsoft.com/packaging/2010/07/manifest\" Target=\"/{id}.nuspec\" Id=\"manifest\" /></Relationships>\n";

    /// <summary>The types of all files, by extension.</summary>
    public static string ContentTypes(IEnumerable<PackagedFile> files)
    {
        var text = new StringBuilder(Declaration).Append("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">");
        text.Append("<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\" />");
        var extensions = files.Select(file => Path.GetExtension(file.PackagePath).TrimStart('.')).Where(extension => extension.Length > 0 && extension != "rels");
        foreach (var extension in extensions.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal))
        {
            text.Append("<Default Extension=\"").Append(SecurityElement.Escape(extension)).Append("\" ContentType=\"application/octet\" />");
        }

        foreach (var bare in files.Where(file => Path.GetExtension(file.PackagePath).Length == 0))
        {
            text.Append("<Override PartName=\"/").Append(SecurityElement.Escape(bare.PackagePath)).Append("\" ContentType=\"application/octet\" />");
        }

        return text.Append("</Types>\n").ToString();
    }

    private static string Description(ModelPackageOptions options) => options.Description is { Length: > 0 } given ? given : "A machine-learning model.";
}
