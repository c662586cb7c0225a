using System.IO.Compression;
using System.Text;
using ModelTools.Configuration.Json;
using ModelTools.Diagnostics;
using ModelTools.Tests.Support;
using PureHDF;

namespace ModelTools.Tests.Configuration.Json;

/// <summary>Every configuration that the real Keras wrote comes back byte for byte.</summary>
public sealed class ConfigFixtureTests
{
    [SkippableFact]
    public void ArchitectureFilesRoundTrip()
    {
        var count = 0;
        foreach (var (name, text) in Texts(".json"))
        {
            AssertRoundTrip(name, text);
            count++;
        }

        Assert.True(count >= 100, $"Only {count} architecture files were found.");
    }

    [SkippableFact]
    public void ArchivesConfigurationsRoundTrip()
    {
        var count = 0;
        foreach (var (name, archive) in Texts(".keras"))
        {
            using var zip = new ZipArchive(new MemoryStream(archive));
            foreach (var entry in zip.Entries.Where(entry => entry.Name is "config.json" or "metadata.json"))
            {
                AssertRoundTrip($"{name}/{entry.FullName}", Bytes(entry));
                count++;
            }
        }

        Assert.True(count >= 200, $"Only {count} configurations were found.");
    }

    [SkippableTheory]
    [InlineData("config_not_json.h5", "MT1006")]
    [InlineData("config_truncated.h5", "MT1006")]
    [InlineData("config_deep.h5", "MT2007")]
    public void BrokenConfigurationsAreRefused(string file, string code)
    {
        var error = Assert.Throws<ModelToolsException>(() => ConfigDocument.Parse(ModelConfig(file)));
        Assert.Equal(code, error.Code.Id);
    }

    [SkippableFact]
    public void OddConfigurationsAreRead()
    {
        Assert.Single(ConfigDocument.Parse(ModelConfig("config_duplicate_keys.h5")).DuplicateKeys, key => key.EndsWith(".units", StringComparison.Ordinal));
        var text = ModelConfig("config_nan.h5");
        Assert.Contains("NaN", text, StringComparison.Ordinal);
        Assert.Equal(text, ConfigValue.Parse(text).ToJson());
    }

    private static string ModelConfig(string file)
    {
        using var h5 = H5File.OpenRead(TestFolders.RequireShared("fixtures", "broken", "h5", file));
        return h5.Attribute("model_config").Read<string>();
    }

    private static IEnumerable<(string Name, byte[] Content)> Texts(string extension)
    {
        foreach (var folder in Directory.EnumerateDirectories(TestFolders.RequireShared("fixtures", "models")))
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*" + extension, SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "model.json"))
            {
                yield return (file, File.ReadAllBytes(file));
            }

            var packed = Path.Combine(folder, "files.zip");
            if (!File.Exists(packed))
            {
                continue;
            }

            using var zip = ZipFile.OpenRead(packed);
            foreach (var entry in zip.Entries.Where(entry => entry.FullName.EndsWith(extension, StringComparison.Ordinal)))
            {
                yield return ($"{Path.GetFileName(folder)}/{entry.FullName}", Bytes(entry));
            }
        }
    }

    private static void AssertRoundTrip(string name, byte[] utf8)
    {
        var text = Encoding.UTF8.GetString(utf8);
        var style = text.Contains("\n    ", StringComparison.Ordinal) ? ConfigStyle.Indented : ConfigStyle.Python;
        var written = ConfigDocument.Parse(utf8).Root.ToJson(style);
        Assert.True(text == written, $"{name} changed.");
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
