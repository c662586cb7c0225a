using System.IO.Compression;
using System.Text.Json.Nodes;
using ModelTools.Formats.Checkpoint;
using ModelTools.Tensors;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.Checkpoint;

/// <summary>Checkpoints written by TensorFlow, and what is known about them.</summary>
internal static class CheckpointFixtures
{
    /// <summary>Small checkpoints that are part of the project.</summary>
    public static string Local(params string[] parts) => Path.Combine([TestFolders.Fixtures, "checkpoint", .. parts]);

    /// <summary>Copies what lies below a path of a fixture, out of its files.zip where it has one; false where there is nothing.</summary>
    public static bool Extract(string fixture, string below, string target)
    {
        var found = false;
        if (File.Exists(Path.Combine(fixture, "files.zip")))
        {
            using var archive = ZipFile.OpenRead(Path.Combine(fixture, "files.zip"));
            foreach (var entry in archive.Entries.Where(entry => entry.Name.Length > 0 && entry.FullName.StartsWith(below, StringComparison.Ordinal)))
            {
                entry.ExtractToFile(Prepare(target, entry.FullName));
                found = true;
            }

            return found;
        }

        foreach (var file in Directory.Exists(Path.Combine(fixture, below)) ? Directory.GetFiles(Path.Combine(fixture, below)) : [])
        {
            File.Copy(file, Prepare(target, below + Path.GetFileName(file)));
            found = true;
        }

        return found;
    }

    /// <summary>Manifests of all fixtures of a kind, with their folders.</summary>
    public static IEnumerable<(string Folder, JsonObject Manifest)> Manifests(string kind) =>
        from folder in Directory.GetDirectories(TestFolders.RequireShared("fixtures", kind)).Order(StringComparer.Ordinal)
        where File.Exists(Path.Combine(folder, "model.json"))
        select (folder, (JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "model.json")))!);

    /// <summary>Reads every tensor to its last byte.</summary>
    public static void ReadAll(CheckpointReader reader)
    {
        foreach (var entry in reader.Entries)
        {
            _ = reader.Read(entry.Name).Digest();
        }
    }

    private static string Prepare(string target, string name)
    {
        var path = Path.Combine(target, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }
}
