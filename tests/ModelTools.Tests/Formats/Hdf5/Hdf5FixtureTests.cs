using System.IO.Compression;
using ModelTools.Formats.Hdf5;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.Hdf5;

/// <summary>Every HDF5 file among the fixtures, read by us and by h5py.</summary>
public sealed class Hdf5FixtureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Every_fixture_holds_for_us_what_it_holds_for_h5py()
    {
        var paths = Directory.EnumerateFiles(TestFolders.RequireShared("fixtures"), "*.h5", SearchOption.AllDirectories)
            .Where(path => !path.Contains("broken", StringComparison.Ordinal))
            .Concat(Unpacked())
            .Order(StringComparer.Ordinal)
            .ToList();
        var expected = Hdf5Dump.ReadWithOracle(paths);

        Assert.True(paths.Count > 300, $"Only {paths.Count} files were found.");
        Assert.Equal(paths.Count, expected.Count);
        Assert.All(paths, path => Assert.Equal(expected[path], Hdf5Dump.Read(path)));
    }

    /// <summary>The files inside of the archives, and inside of the .keras archives among them.</summary>
    private IEnumerable<string> Unpacked()
    {
        var number = 0;
        foreach (var path in Directory.EnumerateFiles(TestFolders.RequireShared("fixtures"), "files.zip", SearchOption.AllDirectories))
        {
            using var archive = ZipFile.OpenRead(path);
            foreach (var entry in archive.Entries)
            {
                var target = _folder[$"{number++}{Path.GetExtension(entry.Name)}"];
                switch (Path.GetExtension(entry.Name))
                {
                    case ".h5":
                        entry.ExtractToFile(target);
                        yield return target;
                        break;
                    case ".keras":
                        using (var inner = new ZipArchive(entry.Open()))
                        {
                            inner.GetEntry("model.weights.h5")!.ExtractToFile(target + ".h5");
                        }

                        yield return target + ".h5";
                        break;
                }
            }
        }
    }
}
